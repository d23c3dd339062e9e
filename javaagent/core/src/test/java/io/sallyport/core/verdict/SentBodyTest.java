package io.sallyport.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.Policies;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.Event;
import io.sallyport.core.testing.GateFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the body of an HTTP request may stand in the record: at level full only, and of what masks hide of answers a keyed hash. */
class SentBodyTest {

    private static final HttpCommand POST = Policies.http(
            new Target(
                    Target.Protocol.HTTP,
                    "https",
                    List.of(new Endpoint("users.internal", 443)),
                    "",
                    "https://users.internal/u"),
            "POST",
            "/u");

    @ParameterizedTest
    @ValueSource(strings = {"decisions", "statements"})
    void otherLevelsTakeNone(String level) throws Exception {
        assertThat(new GateFixture(policy(level)).admit(POST).sentUnder()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "application/json|{'phone':'030 1234','a':1}|\\{'phone':'HASH','a':1}",
                "application/json|{'phone':301234,'on':{'phone':true}}|\\{'phone':'HASH','on':\\{'phone':'…'}}",
                "application/json|{'new':{'email':'ada@x.test'}}|\\{'new':\\{'email':'HASH'}}",
                "application/json|{'note':'pay 4111111111111111'}|\\{'note':'pay HASH'}",
                "application/x-www-form-urlencoded|email=ada%40x.test&b=2|email=hmac%3A[0-9a-f]{16}&b=2",
                "application/xml|<u><phone>030</phone><b>2</b></u>|<u><phone>HASH</phone><b>2</b></u>",
            })
    void whatStandsUnderANameThatAMaskIsAboutIsHashedWhoeverMaySeeIt(String type, String body, String recorded)
            throws Exception {
        BodyMaskPlan plan = new GateFixture(policy("full")).admit(POST).sentUnder();
        assertThat(masked(plan.masker(type), body.replace('\'', '"')))
                .matches(recorded.replace('\'', '"').replace("HASH", "hmac:[0-9a-f]{16}"));
    }

    @Test
    void theResultAndTheErrorHaveWhatWasSentByThen() throws Exception {
        GateFixture gate = new GateFixture(policy("full"));
        Passage answered = gate.admit(POST);
        answered.sends(() -> "{}");
        answered.completed(-1);
        Passage failed = gate.admit(POST);
        failed.sends(() -> "half");
        failed.failed(new IOException("reset"));
        assertThat(gate.events.all().stream().filter(e -> e.type() == Event.Type.RESULT))
                .extracting(Event::values)
                .containsExactly("{}");
        assertThat(gate.events.all().stream().filter(e -> e.type() == Event.Type.ERROR))
                .extracting(Event::values)
                .containsExactly("half");
    }

    private static String masked(BodyMasker masker, String body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        masker.update(bytes, 0, bytes.length, out);
        masker.finish(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static PolicySnapshot policy(String level) throws Exception {
        String yaml = """
                version: 1
                mode: enforce
                targets: [{name: users, http: "https://users.internal/**"}]
                mask:
                  - {name: phones, body: [{target: users, key: phone}], with: redact, unless: {groups: [support]}}
                  - {name: mails, mode: observe, body: [{target: users, path: "$.people[*].email"}], with: {keepLast: 4}}
                  - {name: cards, target: users, detect: [CREDIT_CARD], with: redact}
                record: {level: %s}
                """.formatted(level);
        return PolicyLoader.load(yaml, "policy.yaml", KeySource.NONE);
    }
}
