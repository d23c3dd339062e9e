package io.sallyport.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.testing.GateFixture;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an HTTP answer's body may stand in the record: at level full only, and never what a mask covers, whoever makes the call. */
class SampledBodyTest {

    private static final HttpCommand GET = new HttpCommand(
            new Target(
                    Target.Protocol.HTTP,
                    "https",
                    List.of(new Endpoint("users.internal", 443)),
                    "",
                    "https://users.internal/u"),
            "s-1",
            new Caller("main", "com.acme.support.Desk.show:12", false),
            "GET",
            "/u",
            "",
            Map.of());

    @ParameterizedTest
    @ValueSource(strings = {"decisions", "statements"})
    void otherLevelsTakeNoSample(String level) throws Exception {
        assertThat(new GateFixture(policy(level, "")).admit(GET).sampledUnder()).isNull();
    }

    @Test
    void aBodyThatItsCallerSeesMaskedIsSampledAsTheCallerSawIt() throws Exception {
        assertThat(new GateFixture(policy("full", "")).admit(GET).sampledUnder())
                .isSameAs(BodyMaskPlan.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unless: {callSite: [\"com.acme.support.**\"]}", "mode: observe"})
    void whatOneCallerMaySeeIsMaskedInTheRecord(String exception) throws Exception {
        Passage passage = new GateFixture(policy("full", exception)).admit(GET);
        assertThat(passage.obligations().bodies()).isSameAs(BodyMaskPlan.NONE);
        BodyMasker masker = passage.sampledUnder().masker("application/json");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] body = "{\"email\":\"ann@example.com\"}".getBytes(StandardCharsets.UTF_8);
        masker.update(body, 0, body.length, out);
        masker.finish(out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("email").doesNotContain("ann");
    }

    private static PolicySnapshot policy(String level, String more) throws Exception {
        String yaml = """
                version: 1
                mode: enforce
                targets:
                  - {name: users, http: "https://users.internal/**"}
                mask:
                  - name: mail
                    body: [{target: users, key: email}]
                    with: redact
                    %s
                record: {level: %s}
                """.formatted(more, level);
        return PolicyLoader.load(yaml, "policy.yaml", KeySource.NONE);
    }
}
