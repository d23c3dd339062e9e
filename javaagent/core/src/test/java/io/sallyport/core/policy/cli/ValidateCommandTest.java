package io.sallyport.core.policy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.BuiltInPolicies;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValidateCommandTest {

    private static ValidateCommand.Result run(String yaml) {
        return ValidateCommand.run(yaml, "p.yaml", KeySource.PLACEHOLDER);
    }

    static List<String> policies() throws IOException {
        List<String> policies = new ArrayList<>(
                BuiltInPolicies.names().stream().map(BuiltInPolicies::yaml).toList());
        try (InputStream in = PolicyLoader.class.getResourceAsStream("contract-policy.yaml")) {
            policies.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return policies;
    }

    @ParameterizedTest
    @MethodSource("policies")
    void theResolvedTextIsAPolicyThatResolvesToItself(String yaml) {
        ValidateCommand.Result once = run(yaml);
        assertThat(once.exit()).isZero();
        assertThat(run(once.text())).isEqualTo(once);
    }

    @Test
    void whatIsLeftUnsaidIsWrittenOut() {
        assertThat(run("version: 1\nguard: [{name: a, then: approve}]").text())
                .contains("mode: enforce\n")
                .contains("opaque: approve")
                .contains(
                        "  - {name: a, then: approve, mode: enforce, approval: {required: 1, reason: optional, requesterReason: optional,"
                                + " wait: 30s, timeout: 10m, at: execute}}\n")
                .contains("record: {level: statements, retain: 90d, onFull: refuse, durability: crash}\n");
    }

    @Test
    void anApprovalAtCommitMaySayHowLongItsLocksAreHeld() {
        String rule = "version: 1\nguard: [{name: a, then: approve, approval: {at: %s, commitWait: 20s}}]";
        assertThat(run(rule.formatted("commit")).exit()).isZero();
        assertThat(run(rule.formatted("execute")).text()).contains("only 'at: commit' makes a commit wait");
    }

    @Test
    void approvalsThatNoTicketCanMeetTogetherAreNoted() {
        assertThat(run("version: 1\nguard:\n  - {name: a, then: approve, approval: {anyOf: [x]}}\n"
                                + "  - {name: b, then: approve, approval: {anyOf: [y]}}\n")
                        .text())
                .contains("# note: guards 'a' and 'b' ask groups that have none in common");
    }

    @Test
    void anInvalidPolicyYieldsItsErrorsAndExitTwo() {
        ValidateCommand.Result result = run("version: 1\nmode: x\nguards: []\n");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.text().lines()).hasSize(2).allMatch(line -> line.startsWith("p.yaml:"));
    }

    @Test
    void awkwardTextSurvivesResolving() {
        String yaml = "version: 1\nguard: [{name: \"a: 'b' #\\\"\\\\\\t\\u00e9\", then: deny, message: \"no\"}]";
        ValidateCommand.Result once = run(yaml);
        assertThat(once.exit()).isZero();
        assertThat(run(once.text())).isEqualTo(once);
    }
}
