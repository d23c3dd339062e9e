package io.sallyport.core.policy;

import static io.sallyport.core.policy.Policies.NOBODY;
import static io.sallyport.core.policy.Policies.NOON;
import static io.sallyport.core.policy.Policies.errors;
import static io.sallyport.core.policy.Policies.http;
import static io.sallyport.core.policy.Policies.https;
import static io.sallyport.core.policy.Policies.load;
import static io.sallyport.core.policy.Policies.plain;
import static io.sallyport.core.policy.Policies.postgres;
import static io.sallyport.core.policy.Policies.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Command;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Detectors that a policy brings with it: an expression, a list of words. */
class OwnDetectorsTest {

    private static final CompiledPolicy POLICY = load("""
            version: 1
            detectors:
              EMPLOYEE_ID: {regex: '\\bE\\d{6}\\b'}
              PROJECT: {words: [Blue Moon, Larkspur]}
            mask:
              - {name: own, detect: [EMPLOYEE_ID, PROJECT, EMAIL], with: redact}
            guard:
              - {name: no-staff, when: {kind: delete, detect: EMPLOYEE_ID}, then: deny}
              - {name: no-staff-in-parameters, when: {kind: update, params: {detect: [EMPLOYEE_ID]}}, then: deny}
              - {name: no-projects, when: {method: POST, detect: PROJECT}, then: deny}
            """);

    private static Obligations obligations(Command command) {
        return ((Verdict.Allow) POLICY.decide(command, NOBODY, NOON).verdict()).obligations();
    }

    private static boolean denied(Command command) {
        return POLICY.decide(command, NOBODY, NOON).verdict() instanceof Verdict.Deny;
    }

    @Test
    void maskWhatTheyFindInColumnsWithoutARule() {
        ColumnMask mask = obligations(sql(postgres(), plain(StatementKind.READ)))
                .columns()
                .bind(List.of(new ResultColumn("memo", null, null, null)))[0];
        assertThat(mask.apply("E123456 on BLUE MOON, ask bob@larkspur.example", String.class))
                .isEqualTo("*** on ***, ask ***");
        String clear = "E1234567, blue moonlight";
        assertThat(mask.apply(clear, String.class)).isSameAs(clear);
    }

    @Test
    void maskWhatTheyFindInBodies() throws IOException {
        BodyMasker masker =
                obligations(http(https("api.acme.com"), "GET", "/x")).bodies().masker("application/json");
        assertThat(masker).isNotNull();
        ByteArrayOutputStream masked = new ByteArrayOutputStream();
        byte[] body = "{\"who\":\"E123456\",\"what\":\"larkspur\",\"n\":7}".getBytes(StandardCharsets.UTF_8);
        masker.update(body, 0, body.length, masked);
        masker.finish(masked);
        assertThat(masked).hasToString("{\"who\":\"***\",\"what\":\"***\",\"n\":7}");
    }

    @Test
    void areSeenByGuardsInParametersAndRequests() {
        assertThat(denied(sql(postgres(), plain(StatementKind.DELETE), "E123456")))
                .isTrue();
        assertThat(denied(sql(postgres(), plain(StatementKind.DELETE), "E12345")))
                .isFalse();
        assertThat(denied(sql(postgres(), plain(StatementKind.UPDATE), "E123456")))
                .isTrue();
        assertThat(denied(sql(postgres(), plain(StatementKind.UPDATE), "bob"))).isFalse();
        assertThat(denied(http(https("api.acme.com"), "POST", "/projects/larkspur")))
                .isTrue();
        assertThat(denied(http(https("api.acme.com"), "POST", "/projects/rose")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "detectors: {employee: {regex: x}}            | 2 | named in capitals",
                "detectors: {IBAN: {regex: x}}                | 2 | built-in",
                "detectors: {A: {}}                           | 2 | one of regex and words",
                "detectors: {A: {regex: x, words: [y]}}       | 2 | one of regex and words",
                "detectors: {A: {regex: '('}}                 | 2 | not a regular expression: Unclosed group",
                "detectors: {A: {words: []}}                  | 2 | the list is empty",
                "detectors: {A: {words: [' ']}}               | 2 | the text is empty",
                "detectors: {A: x}                            | 2 | expected a mapping",
                "detectors: {STAFF: {regex: x}}\\nmask: [{name: m, detect: STAF}] | 3 | did you mean 'STAFF'?",
            })
    void thatSayNothingAreErrorsWithTheirLine(String yaml, int line, String reason) {
        assertThat(errors("version: 1\n" + yaml.replace("\\n", "\n")))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.line()).isEqualTo(line);
                    assertThat(e.reason()).contains(reason);
                });
    }
}
