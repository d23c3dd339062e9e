package io.sallyport.core.policy;

import static io.sallyport.core.policy.Policies.NOBODY;
import static io.sallyport.core.policy.Policies.NOON;
import static io.sallyport.core.policy.Policies.http;
import static io.sallyport.core.policy.Policies.https;
import static io.sallyport.core.policy.Policies.jdbc;
import static io.sallyport.core.policy.Policies.load;
import static io.sallyport.core.policy.Policies.member;
import static io.sallyport.core.policy.Policies.plain;
import static io.sallyport.core.policy.Policies.postgres;
import static io.sallyport.core.policy.Policies.sql;
import static io.sallyport.core.policy.Policies.sqlFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.hold.ApproverHours;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.SqlFacts;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private static Decision decide(String yaml, Command command) {
        return decide(yaml, command, NOBODY);
    }

    private static Decision decide(String yaml, Command command, Identity identity) {
        return load("version: 1\n" + yaml).decide(command, identity, NOON);
    }

    private static Command drop() {
        return sql(postgres(), plain(StatementKind.DROP));
    }

    private static Command read() {
        return sql(postgres(), plain(StatementKind.READ));
    }

    private static Command opaque() {
        return sql(postgres(), Policies.analysis(StatementKind.CALL, SqlFacts.OPAQUE, List.of(), Lineage.NONE));
    }

    @Test
    void denyBeatsApproveBeatsAlert() {
        String rules =
                "guard:\n  - {name: al, then: alert}\n  - {name: ap, then: approve}\n  - {name: de, then: deny}\n";
        Decision decision = decide(rules, drop());
        assertThat(decision.verdict()).isInstanceOf(Verdict.Deny.class);
        assertThat(decision.rules()).containsExactly("de");
        assertThat(decision.alerts()).containsExactly("al");
    }

    @Test
    void anAllowBeatsOnlyTheGuardsThatItNames() {
        String rules = "guard:\n  - {name: a, then: deny}\n  - {name: b, then: approve}\n"
                + "  - {name: c, then: allow, override: [a]}\n";
        assertThat(decide(rules, drop()).rules()).containsExactly("b");
    }

    @Test
    void anAllowThatNamesEveryGuardLetsTheCallThrough() {
        String rules = "guard:\n  - {name: a, then: deny}\n  - {name: c, then: allow, override: [a]}\n";
        Decision decision = decide(rules, drop());
        assertThat(decision.verdict()).isSameAs(Verdict.Allow.PLAIN);
        assertThat(decision.rules()).containsExactly("c");
    }

    @Test
    void anAllowBeatsTheDefault() {
        String rules = "default: {jdbc: deny}\nguard:\n  - {name: c, when: {kind: read}, then: allow}\n";
        assertThat(decide(rules, read()).verdict()).isSameAs(Verdict.Allow.PLAIN);
        assertThat(decide(rules, drop()).verdict()).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void aConnectionIsLetThroughWhereAStatementCouldBeAllowed() {
        Command connect = new ConnectCommand(postgres(), "s", Caller.ofCurrentThread(), Map.of(), "app");
        String allow = "guard:\n  - {name: c, when: {kind: read}, then: allow}\n";
        assertThat(decide("default: {jdbc: deny}\n" + allow, connect).verdict()).isSameAs(Verdict.Allow.PLAIN);
        assertThat(decide("default: {jdbc: deny}\n", connect).verdict()).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void connectingIsDeniedAndNeverHeld() {
        Command connect = new ConnectCommand(postgres(), "s", Caller.ofCurrentThread(), Map.of(), "app");
        assertThat(decide("guard: [{name: a, then: deny}]", connect).verdict()).isInstanceOf(Verdict.Deny.class);
        assertThat(decide("guard: [{name: a, then: approve}]", connect).verdict())
                .isSameAs(Verdict.Allow.PLAIN);
    }

    @Test
    void anOpaqueStatementNeedsApprovalByDefault() {
        assertThat(decide("mode: enforce", opaque()).verdict()).isInstanceOf(Verdict.Hold.class);
        assertThat(decide("default: {opaque: deny}", opaque()).verdict()).isInstanceOf(Verdict.Deny.class);
        assertThat(decide("default: {opaque: allow}", opaque()).verdict()).isSameAs(Verdict.Allow.PLAIN);
    }

    @Test
    void aMildDefaultForOpaqueStatementsDoesNotSoftenAStrictOne() {
        assertThat(decide("default: {jdbc: deny, opaque: allow}", opaque()).verdict())
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void whatNoTargetCoversHasItsOwnDefault() {
        String rules =
                "default: {unmatched: deny}\ntargets: [{name: o, jdbc: 'jdbc:postgresql://*.db.internal/orders'}]\n";
        assertThat(decide(rules, read()).verdict()).isSameAs(Verdict.Allow.PLAIN);
        assertThat(decide(rules, sql(jdbc("postgresql", "elsewhere", 5432, "orders"), plain(StatementKind.READ)))
                        .verdict())
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void inObserveModeNothingIsRefusedAndWhatWouldHaveHappenedIsTold() {
        Decision decision = decide("mode: observe\nguard: [{name: a, then: deny}]", drop());
        assertThat(decision.verdict()).isSameAs(Verdict.Allow.PLAIN);
        assertThat(decision.wouldHave()).isEqualTo("deny");
        assertThat(decision.rules()).containsExactly("a");
    }

    @Test
    void inObserveModeTheDefaultsAreObservedToo() {
        Decision decision = decide("mode: observe\ndefault: {jdbc: deny}", drop());
        assertThat(decision.verdict()).isSameAs(Verdict.Allow.PLAIN);
        assertThat(decision.wouldHave()).isEqualTo("deny");
        assertThat(decision.rules()).isEmpty();
    }

    @Test
    void aRulesOwnModeReplacesThePolicys() {
        Decision observed = decide("guard: [{name: a, mode: observe, then: deny}]", drop());
        assertThat(observed.verdict()).isSameAs(Verdict.Allow.PLAIN);
        assertThat(observed.wouldHave()).isEqualTo("deny");
        assertThat(decide("mode: observe\nguard: [{name: a, mode: enforce, then: deny}]", drop())
                        .verdict())
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void anObservedAllowDoesNotOverrideAnEnforcedRule() {
        String rules = "guard:\n  - {name: a, then: deny}\n  - {name: c, mode: observe, then: allow, override: [a]}\n";
        assertThat(decide(rules, drop()).verdict()).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void anObservedDenyBesideAnEnforcedApprovalIsTold() {
        String rules = "guard:\n  - {name: a, mode: observe, then: deny}\n  - {name: b, then: approve}\n";
        Decision decision = decide(rules, drop());
        assertThat(decision.verdict()).isInstanceOf(Verdict.Hold.class);
        assertThat(decision.rules()).containsExactly("b");
        assertThat(decision.wouldHave()).isEqualTo("deny");
    }

    @Test
    void severalApprovalsAreMetOnOneTicket() {
        String rules = "guard:\n"
                + "  - {name: a, then: approve, approval: {anyOf: [dba, oncall], required: 2, wait: 20s, timeout: 5m, hours: {groups: dba, days: mon}}}\n"
                + "  - {name: b, then: approve, approval: {anyOf: [dba, lead], reason: required, requesterReason: required, timeout: 20m}}\n"
                + "  - {name: c, then: approve}\n";
        HoldRequest request = ((Verdict.Hold) decide(rules, drop()).verdict()).request();
        assertThat(request.rules()).containsExactly("a", "b", "c");
        assertThat(request.anyOf()).containsExactly("dba");
        assertThat(request.required()).isEqualTo(2);
        assertThat(request.reasonRequired()).isTrue();
        assertThat(request.requesterReason().required()).isTrue();
        assertThat(request.patience()).isEqualTo(Duration.ofSeconds(20));
        assertThat(request.timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(ApproverHours.inWords(request.hours())).containsExactly("dba Mon UTC");
    }

    @Test
    void eachOfSomeGroupsIsAskedForOnTheTicket() {
        String rules = "guard:\n  - {name: a, then: approve, approval: {allOf: [dba, security]}}\n"
                + "  - {name: b, then: approve, approval: {anyOf: [dba, oncall]}}\n";
        HoldRequest request = ((Verdict.Hold) decide(rules, drop()).verdict()).request();
        assertThat(request.anyOf()).containsExactly("dba", "security");
        assertThat(request.eachOf()).isTrue();
        assertThat(request.required()).isEqualTo(2);
    }

    /** Somebody of another group would count for the second person of the first. */
    @Test
    void morePersonsThanGroupsAreNotAskedForBesideTheGroupsOfAnotherRule() {
        String more = "guard:\n  - {name: a, then: approve, approval: {allOf: [dba], required: 2}}\n"
                + "  - {name: b, then: approve, approval: {allOf: [security]}}\n";
        assertThat(decide(more, drop()).verdict()).isInstanceOf(Verdict.Deny.class);

        String within = "guard:\n  - {name: a, then: approve, approval: {allOf: [dba, security], required: 3}}\n"
                + "  - {name: b, then: approve, approval: {allOf: [security]}}\n";
        HoldRequest request = ((Verdict.Hold) decide(within, drop()).verdict()).request();
        assertThat(request.anyOf()).containsExactly("dba", "security");
        assertThat(request.required()).isEqualTo(3);
    }

    @Test
    void aGroupIsAskedOnce() {
        assertThat(Policies.errors("version: 1\nguard:\n  - {name: a, then: approve, approval: {allOf: [dba, dba]}}\n")
                        .toString())
                .contains("names a group twice");
    }

    @Test
    void approvalsByGroupsWithoutACommonMemberRefuse() {
        String rules = "guard:\n  - {name: a, then: approve, approval: {anyOf: [dba]}}\n"
                + "  - {name: b, then: approve, approval: {anyOf: [lead]}}\n";
        assertThat(decide(rules, drop()).verdict()).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void aRefusalCarriesTheOperatorsWords() {
        Decision decision = decide("guard: [{name: a, then: deny, message: 'Ask the DBA.'}]", drop());
        assertThat(((Verdict.Deny) decision.verdict()).refusal().message()).isEqualTo("Ask the DBA.");
        assertThat(((Verdict.Deny) decision.verdict()).refusal().rule()).isEqualTo("a");
    }

    @Test
    void groupsCountOnlyWhenSomebodyVouchesForThem() {
        String rules =
                "guard:\n  - {name: a, then: deny}\n  - {name: c, when: {groups: deployers}, then: allow, override: [a]}\n";
        assertThat(decide(rules, drop(), member("deployers")).verdict()).isSameAs(Verdict.Allow.PLAIN);
        Identity claimed = new Identity("x", false, java.util.Set.of("deployers"), Map.of());
        assertThat(decide(rules, drop(), claimed).verdict()).isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void aCallSiteNobodyLookedForPermitsNothingAndIsRestricted() {
        String allow =
                "guard:\n  - {name: a, then: deny}\n  - {name: c, when: {callSite: 'org.flywaydb.**'}, then: allow, override: [a]}\n";
        String deny = "guard: [{name: a, when: {callSite: 'org.flywaydb.**'}, then: deny}]";
        Command unknown = sqlFrom(null, postgres(), plain(StatementKind.DROP));
        Command flyway = sqlFrom("org.flywaydb.core.Flyway.migrate:7", postgres(), plain(StatementKind.DROP));
        assertThat(decide(allow, unknown).verdict()).isInstanceOf(Verdict.Deny.class);
        assertThat(decide(allow, flyway).verdict()).isSameAs(Verdict.Allow.PLAIN);
        assertThat(decide(deny, unknown).verdict()).isInstanceOf(Verdict.Deny.class);
        assertThat(decide(deny, drop()).verdict()).isSameAs(Verdict.Allow.PLAIN);
    }

    @Test
    void theSampleOfTheContractDecidesAsItSays() throws IOException {
        var policy = load(PolicyLoaderTest.sample());
        assertThat(policy.decide(drop(), NOBODY, NOON).rules()).containsExactly("no-drop");
        Command delete = http(https("kubernetes.default.svc"), "DELETE", "/api/v1/namespaces/prod");
        assertThat(policy.decide(delete, NOBODY, NOON).rules()).containsExactly("no-cluster-delete");
        Command deeper = http(https("kubernetes.default.svc"), "DELETE", "/api/v1/namespaces/prod/pods/x");
        assertThat(policy.decide(deeper, NOBODY, NOON).rules()).isEmpty();
    }
}
