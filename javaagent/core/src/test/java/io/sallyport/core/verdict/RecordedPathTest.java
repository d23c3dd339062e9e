package io.sallyport.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.Event;
import io.sallyport.core.testing.GateFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the masks of a policy detect is in no member of a request's events, whoever makes the call and whatever becomes of it. */
class RecordedPathTest {

    private static final String SSN = "536-22-8417";

    @ParameterizedTest
    @ValueSource(strings = {"mode: enforce", "mode: observe", "unless: {callSite: [\"com.acme.**\"]}"})
    void ofARequestThatIsAnswered(String mask) throws Exception {
        GateFixture f = new GateFixture(policy(mask, ""));

        f.admit(get("users.internal")).completed(1);

        assertThat(f.events.all()).hasSize(2).noneMatch(e -> e.toString().contains(SSN));
        Event decision = f.events.all().get(0);
        assertThat(decision.target()).isEqualTo("https://users.internal/people/…/x");
        assertThat(decision.summary()).isEqualTo("GET /people/…/x");
        assertThat(decision.detail()).isEqualTo("GET /people/…/x");
    }

    @Test
    void ofARequestThatIsRefused() throws Exception {
        GateFixture f = new GateFixture(policy("", """
                guard:
                  - {name: nobody, target: users, when: {path: "/people/**"}, then: deny}
                """));

        f.refused(get("users.internal"));

        assertThat(f.events.all()).isNotEmpty().noneMatch(e -> e.toString().contains(SSN));
    }

    @Test
    void ofAConnection() throws Exception {
        GateFixture f = new GateFixture(policy("", ""));
        HttpCommand get = get("users.internal");

        f.gate.verifyTls(
                new ConnectCommand(get.target(), get.session(), get.caller(), Map.of(), ""), TlsFacts.PLAINTEXT);

        assertThat(f.events.all()).isNotEmpty().noneMatch(e -> e.toString().contains(SSN));
    }

    @Test
    void whatAMaskOfAnotherTargetDetectsStays() throws Exception {
        GateFixture f = new GateFixture(policy("", ""));

        f.admit(get("other.internal")).completed(1);

        assertThat(f.events.all().get(0).summary()).isEqualTo("GET /people/" + SSN + "/x");
    }

    private static HttpCommand get(String host) {
        String path = "/people/" + SSN + "/x";
        Target target = new Target(
                Target.Protocol.HTTP, "https", List.of(new Endpoint(host, 443)), "", "https://" + host + path);
        return new HttpCommand(
                target, "s-1", new Caller("main", "com.acme.Desk.show:12", false), "GET", path, "", Map.of());
    }

    private static PolicySnapshot policy(String more, String rules) throws Exception {
        String yaml = """
                version: 1
                mode: enforce
                targets:
                  - {name: users, http: "https://users.internal/**"}
                mask:
                  - name: ssn
                    target: users
                    detect: [US_SSN, PHONE]
                    with: redact
                    %s
                %s
                record: {level: statements}
                """.formatted(more, rules);
        return PolicyLoader.load(yaml, "policy.yaml", KeySource.NONE);
    }
}
