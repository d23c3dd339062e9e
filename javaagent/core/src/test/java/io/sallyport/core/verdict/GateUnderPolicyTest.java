package io.sallyport.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.Command;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.Policies;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.Event.Type;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.GateFixture;
import io.sallyport.core.testing.GateFixture.HeldThread;
import io.sallyport.core.verdict.Refusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gate with a policy read from a file: what the modes of the policy and of a rule mean for a call. */
@Timeout(60)
class GateUnderPolicyTest {

    private static final Command DELETE = Commands.sql("DELETE FROM carts WHERE id = 4711");

    @Test
    void anEnforcedDenyRefuses() throws Exception {
        GateFixture f = new GateFixture(policy("enforce", "", "deny"));
        Refusal refusal = f.refused(DELETE);
        assertThat(refusal.rule()).isEqualTo("no-delete");
        assertThat(refusal.message()).isEqualTo("Archive instead.");
        assertThat(refusal.incident()).isEqualTo(f.events.only(Type.DECISION).call());
    }

    @Test
    void aPolicyInObserveModeAdmitsAndRecordsWhatItWouldHaveDone() throws Exception {
        GateFixture denying = new GateFixture(policy("observe", "", "deny"));
        denying.admit(DELETE);
        assertThat(denying.events.only(Type.DECISION).wouldHave()).isEqualTo("deny");

        GateFixture holding = new GateFixture(policy("observe", "", "approve"));
        holding.admit(DELETE);
        assertThat(holding.events.only(Type.DECISION).wouldHave()).isEqualTo("hold");
        assertThat(holding.desk.tickets()).isEmpty();
    }

    @Test
    void aRulesOwnModeReplacesThatOfThePolicy() throws Exception {
        GateFixture enforced = new GateFixture(policy("observe", "mode: enforce", "deny"));
        assertThat(enforced.refused(DELETE).reason()).isEqualTo(Reason.DENIED);
        GateFixture observed = new GateFixture(policy("enforce", "mode: observe", "deny"));
        observed.admit(DELETE);
    }

    @Test
    void aRuleThatAsksForApprovalHoldsTheCall() throws Exception {
        GateFixture f = new GateFixture(policy("enforce", "", "approve"));
        HeldThread caller = f.start(DELETE);
        Ticket ticket = f.desk.ticket(1);
        assertThat(ticket.rules()).containsExactly("no-delete");
        f.desk.approve(ticket);
        assertThat(caller.passage().command()).isEqualTo(DELETE);
        f.close();
    }

    @Test
    void anotherPlaceThatAServerMayAnswerForIsUnderRulesAndNotUnderDefaults() throws Exception {
        GateFixture f = new GateFixture(PolicyLoader.load("""
                version: 1
                mode: enforce
                default: {http: allow, unmatched: deny}
                targets:
                  - {name: open, http: "https://api.acme.com/**"}
                  - {name: closed, http: "https://admin.acme.com/**"}
                guard:
                  - {name: no-admin, target: closed, then: deny}
                """, "policy.yaml", KeySource.NONE));
        Passage admitted = f.admit(at("api.acme.com"));
        f.gate.admitElsewhere(at("unknown.example"), admitted);
        assertThatThrownBy(() -> f.gate.admitReading(at("unknown.example"), admitted))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> f.gate.admitElsewhere(at("admin.acme.com"), admitted))
                .hasMessageContaining("no-admin");
    }

    private static Command at(String host) {
        return Policies.http(Policies.https(host), "GET", "/users");
    }

    private static PolicySnapshot policy(String mode, String ruleMode, String then) throws Exception {
        String yaml = """
                version: 1
                mode: %s
                default: {jdbc: allow, http: allow, unmatched: allow, opaque: approve}
                guard:
                  - name: no-delete
                    %s
                    when: {kind: [delete]}
                    then: %s
                    message: "Archive instead."
                    %s
                """.formatted(
                        mode,
                        ruleMode,
                        then,
                        then.equals("approve") ? "approval: {anyOf: [dba], wait: 30s, timeout: 10m}" : "");
        return PolicyLoader.load(yaml, "policy.yaml", KeySource.NONE);
    }
}
