package io.sallyport.core.policy;

import static io.sallyport.core.policy.Policies.errors;
import static io.sallyport.core.policy.Policies.load;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyLoaderTest {

    @Test
    void thePolicyOfTheProductContractLoads() throws IOException {
        var policy = load(sample());
        assertThat(policy.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(policy.policy().guards()).hasSize(4);
        assertThat(policy.policy().masks()).hasSize(3);
        assertThat(policy.policy().targets()).hasSize(3);
    }

    static String sample() throws IOException {
        try (InputStream in = PolicyLoaderTest.class.getResourceAsStream("contract-policy.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void onlyAVersionIsNeeded() {
        assertThat(load("version: 1").mode()).isEqualTo(Mode.ENFORCE);
    }

    @Test
    void anErrorNamesFileLinePathAndReason() {
        assertThat(errors("version: 1\nguard:\n  - name: a\n    when: {kind: [dorp]}\n    then: deny\n"))
                .extracting(PolicyError::toString)
                .containsExactly("policy.yaml:4: guard[0].when.kind[0]: unknown word 'dorp'; did you mean 'drop'?");
    }

    @Test
    void everyErrorIsReportedAtOnce() {
        assertThat(errors("version: 2\nmode: on\ntarget: []\nguard:\n  - {name: a}\n"))
                .extracting(PolicyError::line)
                .containsExactly(1, 2, 3, 5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown top-level key          | gaurds: []                                        | did you mean 'guard'?",
                "text where a list must be      | guard: yes                                        | expected a list",
                "undeclared target              | guard: [{name: a, target: x, then: deny}]         | no target is named 'x'",
                "undeclared key                 | mask: [{name: a, columns: [t.c], with: {hash: k}}]| no key is named 'k'",
                "undeclared override            | guard: [{name: a, then: allow, override: [b]}]    | no guard is named 'b'",
                "unknown detector               | mask: [{name: a, detect: [CREDITCARD]}]           | did you mean 'CREDIT_CARD'?",
                "unknown function               | mask: [{name: a, columns: [t.c], with: redcat}]   | did you mean 'redact'?",
                "two functions                  | mask: [{name: a, columns: [t.c], with: {keepFirst: 1, keepLast: 1}}] | this is the second",
                "a mask of nothing              | mask: [{name: a, with: redact}]                   | masks nothing",
                "a column without a table       | mask: [{name: a, columns: [email]}]               | *.email",
                "duplicate key                  | mode: observe\\nmode: enforce                     | given twice",
                "an alias as a column           | mask: [{name: a, columns: [*.email]}]             | not YAML",
                "a custom tag                   | mode: !!java.net.URL [x]                          | not allowed",
                "an override without allow      | guard: [{name: a, then: deny}, {name: b, then: deny, override: [a]}] | would have no effect",
                "an approval without approve    | guard: [{name: a, then: deny, approval: {}}]      | would have no effect",
                "waiting longer than the ticket | guard: [{name: a, then: approve, approval: {wait: 2m, timeout: 1m}}] | longer",
                "hours of a group not asked     | guard: [{name: a, then: approve, approval: {anyOf: [dba], hours: {groups: oncall, days: sat}}}] | none of the groups of anyOf",
                "hours of a group not each asked | guard: [{name: a, then: approve, approval: {allOf: [dba, sec], hours: {groups: oncall, days: sat}}}] | none of the groups of allOf",
                "hours without a time           | guard: [{name: a, then: approve, approval: {hours: {zone: UTC}}}] | name days, from and to",
                "hours without an entry         | guard: [{name: a, then: approve, approval: {hours: []}}] | name a window",
                "hours in no zone               | guard: [{name: a, then: approve, approval: {hours: {days: sat, zone: Mars}}}] | no time zone",
                "a limit of nothing             | guard: [{name: a, when: {rows: {per: transaction}}, then: deny}] | either returned or changed",
                "an answer that is to wait      | guard: [{name: a, when: {status: 500}, then: approve}] | cannot wait for people",
                "inference without a mask       | guard: [{name: a, when: {inference: true}, then: deny}] | needs a mask with columns",
                "a broken expression            | mask: [{name: a, columns: [t.c], with: {replace: {regex: '(', with: x}}}] | Unclosed group",
                "a wrong duration               | record: {retain: forever}                         | such as 500ms",
                "a user in a target             | targets: [{name: a, jdbc: 'jdbc:postgresql://u@h/d'}] | no part of a target",
                "settings in a target           | targets: [{name: a, jdbc: 'jdbc:postgresql://h/d?ssl=true'}] | no part of a target",
                "a target of both protocols     | targets: [{name: a, jdbc: 'jdbc:h2:mem:x', http: 'https://h'}] | one of jdbc and http",
                "a reserved name                | guard: [{name: default, then: deny}]              | built-in",
                "a relay without a port         | targets: [{name: d, jdbc: 'jdbc:postgresql://h/x'}]\\ntls: [{target: d, level: require, relay: r.internal}] | host:port",
                "a relay that only observes     | targets: [{name: d, jdbc: 'jdbc:postgresql://h/x'}]\\ntls: [{target: d, level: observe, relay: 'r:1'}] | from level require",
                "a relay before many servers    | targets: [{name: d, jdbc: 'jdbc:postgresql://*.h/x'}]\\ntls: [{target: d, level: require, relay: 'r:1'}] | serves one server",
                "a relay before https:          | targets: [{name: d, http: 'https://h'}]\\ntls: [{target: d, level: require, relay: 'r:1'}] | begins with http://",
                "a relay before web services    | targets: [{name: d, http: 'http://*.h'}]\\ntls: [{target: d, level: require, relay: 'r:1'}] | without globs",
                "a relay before everything      | tls: [{level: require, relay: 'r:1'}]              | serves one server",
                "roots of a relay               | targets: [{name: d, jdbc: 'jdbc:postgresql://h/x'}]\\ntls: [{target: d, level: verify-ca, roots: [a.pem], relay: 'r:1'}] | never be looked at",
                "an old TLS version             | tls: [{level: require, minVersion: TLSv1}]        | TLSv1.2",
            })
    void isRefused(String what, String yaml, String reason) {
        assertThat(errors("version: 1\n" + yaml.replace("\\n", "\n")))
                .as(what)
                .anySatisfy(e -> assertThat(e.reason()).contains(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "statement and request keys       | guard: [{name: a, when: {kind: [drop], method: GET}, then: deny}]",
                "statement keys on an HTTP target | targets: [{name: h, http: 'https://h'}]\\nguard: [{name: a, target: h, when: {ddl: true}, then: deny}]",
                "request keys on a database       | targets: [{name: d, jdbc: 'jdbc:h2:mem:x'}]\\nguard: [{name: a, target: d, when: {path: /x}, then: deny}]",
                "a read that destroys             | guard: [{name: a, when: {destructive: true, writes: false}, then: deny}]",
                "copies of nothing sensitive      | guard: [{name: a, when: {copiesSensitive: true}, then: deny}]",
                "an empty list                    | guard: [{name: a, when: {groups: []}, then: deny}]",
                "an empty when                    | guard: [{name: a, when: {}, then: deny}]",
                "columns of an HTTP target        | targets: [{name: h, http: 'https://h'}]\\nmask: [{name: a, target: h, columns: [t.c]}]",
                "a body of a database             | targets: [{name: d, jdbc: 'jdbc:h2:mem:x'}]\\nmask: [{name: a, body: [{target: d, key: k}]}]",
                "a mask behind the same mask      | mask: [{name: a, columns: [t.c]}, {name: b, columns: [T.C]}]",
                "an empty time window             | guard: [{name: a, when: {time: {from: '09:00', to: '09:00'}}, then: deny}]",
                "two TLS entries for one target   | tls: [{level: require}, {level: verify-ca}]",
                "an override that never meets     | targets: [{name: h, http: 'https://h'}]\\nguard: [{name: a, when: {ddl: true}, then: deny}, {name: b, target: h, then: allow, override: [a]}]",
                "an override of an alert          | guard: [{name: a, then: alert}, {name: b, then: allow, override: [a]}]",
            })
    void aRuleThatCouldNeverFireIsRefused(String what, String yaml) {
        assertThat(errors("version: 1\n" + yaml.replace("\\n", "\n"))).as(what).hasSize(1);
    }

    @Test
    void aKeyThatIsNotThereRefusesThePolicyWithoutNamingItsValue() {
        try {
            PolicyLoader.load("version: 1\nkeys: {k: {from: 'env:NO'}}", "p.yaml", KeySource.NONE);
            throw new AssertionError("accepted");
        } catch (InvalidPolicyException e) {
            assertThat(e).hasMessage("p.yaml:2: keys.k.from: there is no key at env:NO");
        }
    }

    @Test
    void aKeyWrittenIntoThePolicyIsRefusedAndNotRepeated() {
        List<PolicyError> errors = errors("version: 1\nkeys: {k: {from: s3cret-value}}");
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).toString()).doesNotContain("s3cret");
    }

    @Test
    void aSmallFileCannotStandForALargeOne() {
        StringBuilder yaml = new StringBuilder("version: 1\nx0: &x0 [a, a, a, a, a, a, a, a, a, a]\n");
        for (int i = 1; i < 9; i++) {
            yaml.append("x").append(i).append(": &x").append(i).append(" [").append(("*x" + (i - 1) + ", ").repeat(9));
            yaml.append("*x").append(i - 1).append("]\n");
        }
        assertThat(errors(yaml.toString())).isNotEmpty();
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(errors("version: 1\nguard: " + "[".repeat(5000))).isNotEmpty();
    }

    @Test
    void anAliasThatContainsItselfIsRefused() {
        assertThat(errors("version: 1\nguard: &g [*g]")).isNotEmpty();
    }

    @Test
    void twoDocumentsAreRefused() {
        assertThat(errors("version: 1\n---\nversion: 1\n"))
                .extracting(PolicyError::reason)
                .containsExactly("a policy is one YAML document; remove the second one");
    }

    @Test
    void wordsThatYamlTakesForBooleansAreWhatIsWritten() {
        var policy = load("version: 1\ntls: [{level: off}]");
        assertThat(policy.policy().tls().get(0).requirement().level()).isEqualTo(TlsRequirement.Level.OFF);
    }
}
