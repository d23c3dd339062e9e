package io.sallyport.core.verdict;

import static io.sallyport.core.testing.ScriptedPolicy.allow;
import static io.sallyport.core.testing.ScriptedPolicy.decision;
import static io.sallyport.core.testing.ScriptedPolicy.deny;
import static io.sallyport.core.testing.ScriptedPolicy.enforcing;
import static io.sallyport.core.testing.ScriptedPolicy.hold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Command;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.Event.Type;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.GateFixture;
import io.sallyport.core.verdict.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandardGateTest {

    private static final Command DELETE =
            Commands.sql("DELETE FROM carts WHERE owner = 'bob-the-secret' AND id = 4711");

    @Test
    void anAllowedCallIsRecordedBeforeItIsSentAndItsResultSharesTheCallId() throws Exception {
        GateFixture f = new GateFixture(enforcing(allow()));
        Passage passage = f.admit(DELETE);

        assertThat(passage.command()).isSameAs(DELETE);
        assertThat(passage.obligations()).isSameAs(Obligations.NONE);
        Event decision = f.events.only(Type.DECISION);
        assertThat(decision.verdict()).isEqualTo("allow");
        assertThat(decision.detail()).isEqualTo("DELETE FROM carts WHERE owner = ? AND id = ?");

        passage.completed(3);
        Event result = f.events.only(Type.RESULT);
        assertThat(result.rows()).isEqualTo(3);
        assertThat(result.micros()).isNotNegative();
        assertThat(result.call()).isEqualTo(decision.call());
    }

    @Test
    void aCallEndsOnce() throws Exception {
        GateFixture f = new GateFixture(enforcing(allow()));
        Passage passage = f.admit(DELETE);
        passage.failed(new IllegalStateException("value bob-the-secret is wrong"));
        passage.failed(null);
        passage.completed(1);

        assertThat(f.events.types()).containsExactly(Type.DECISION, Type.ERROR);
        assertThat(f.events.only(Type.ERROR).error()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void aRefusalNamesRuleAndIncidentButNeitherStatementNorValue() {
        GateFixture f = new GateFixture(enforcing(deny("no-drop")));
        Refusal refusal = f.refused(DELETE);

        assertThat(refusal.reason()).isEqualTo(Reason.DENIED);
        Event event = f.events.only(Type.DECISION);
        assertThat(event.verdict()).isEqualTo("deny");
        assertThat(event.rules()).containsExactly("no-drop");
        assertThat(refusal.describe())
                .contains("Use the migration pipeline.", "no-drop", event.call())
                .doesNotContain("carts", "bob-the-secret", "4711");
        assertThat(event.toString()).doesNotContain("bob-the-secret", "4711");
    }

    @Test
    void theSameStatementIsRefusedAgainOnTheSameThread() {
        GateFixture f = new GateFixture(enforcing(deny("no-drop")));
        String first = f.refused(DELETE).incident();
        assertThat(f.refused(DELETE).incident()).isNotEqualTo(first);
    }

    @Test
    void anObserveModeRuleChangesNothingAndIsRecorded() throws Exception {
        Decision would = new Decision(Verdict.Allow.PLAIN, List.of("no-drop"), "deny", List.of(), List.of());
        GateFixture f = new GateFixture(enforcing(would).observing());
        f.admit(DELETE);
        Event event = f.events.only(Type.DECISION);
        assertThat(event.verdict()).isEqualTo("allow");
        assertThat(event.wouldHave()).isEqualTo("deny");
        assertThat(event.rules()).containsExactly("no-drop");
    }

    @Test
    void aRewrittenCallSendsTheReplacement() throws Exception {
        HttpCommand plain = Commands.http("GET", "/users", "", Map.of());
        HttpCommand raised = Commands.http("GET", "/users", "tls=1", Map.of());
        GateFixture f =
                new GateFixture(enforcing(decision(new Verdict.Rewrite(raised, Obligations.NONE), List.of("https"))));
        assertThat(f.admit(plain).command()).isSameAs(raised);
        assertThat(f.events.only(Type.DECISION).verdict()).isEqualTo("rewrite");
    }

    @Test
    void obligationsReachTheCallerAndTheirRulesTheRecord() throws Exception {
        Obligations masks = new Obligations(columns -> null, contentType -> null);
        Decision masked = new Decision(new Verdict.Allow(masks), List.of(), null, List.of(), List.of("card-numbers"));
        GateFixture f = new GateFixture(enforcing(masked).at(RecordLevel.DECISIONS));
        Passage passage = f.admit(DELETE);
        passage.completed(1);
        assertThat(passage.obligations()).isSameAs(masks);
        assertThat(f.events.of(Type.DECISION).get(0).masked()).containsExactly("card-numbers");
        assertThat(f.events.only(Type.RESULT).masked()).containsExactly("card-numbers");
    }

    @Test
    void levelDecisionsLeavesOutWhatIsPlainlyAllowedAndNothingElse() throws Exception {
        GateFixture f = new GateFixture(enforcing(allow()).at(RecordLevel.DECISIONS));
        Passage plain = f.admit(DELETE);
        plain.completed(1);
        assertThat(f.events.all()).isEmpty();

        f.policy = enforcing(deny("no-drop")).at(RecordLevel.DECISIONS);
        f.refused(DELETE);
        f.policy =
                enforcing(decision(Verdict.Allow.PLAIN, List.of("migrations"))).at(RecordLevel.DECISIONS);
        f.admit(DELETE);
        assertThat(f.events.types()).containsExactly(Type.DECISION, Type.DECISION);
    }

    @Test
    void whatLevelDecisionsLeavesOutIsCountedForEachSessionAndTarget() throws Exception {
        GateFixture f = new GateFixture(enforcing(allow()).at(RecordLevel.DECISIONS));
        for (int i = 0; i < 3; i++) {
            f.admit(DELETE);
        }
        assertThat(f.events.all()).isEmpty();
        f.clock.advance(Duration.ofSeconds(10));
        f.admit(DELETE);
        Event count = f.events.only(Type.COUNT);
        assertThat(count.rows()).isEqualTo(4);
        assertThat(count.session()).isEqualTo(DELETE.session());
        assertThat(count.target()).isEqualTo(DELETE.target().url());
        f.admit(DELETE);
        f.admit(DELETE);
        f.gate.closed(DELETE.target(), DELETE.session());
        assertThat(f.events.types()).containsExactly(Type.COUNT, Type.COUNT, Type.CLOSE);
        assertThat(f.events.all().get(1).rows()).isEqualTo(2);
        Command other = Commands.http("GET", "/users", "", Map.of());
        f.admit(other);
        f.admit(DELETE);
        f.gate.writeDownCounts();
        f.gate.writeDownCounts();
        assertThat(f.events.all().subList(3, f.events.all().size()))
                .extracting(e -> e.target() + " " + e.rows())
                .containsExactlyInAnyOrder(
                        DELETE.target().url() + " 1", other.target().url() + " 1");
    }

    /** Paths name things: none may cost an entry of its own. */
    @Test
    void requestsAreCountedForEachService() throws Exception {
        GateFixture f = new GateFixture(enforcing(allow()).at(RecordLevel.DECISIONS));
        for (int i = 0; i < 100; i++) {
            Target place = new Target(
                    Target.Protocol.HTTP, "https", List.of(new Endpoint("api", 443)), "", "https://api/users/" + i);
            f.admit(new HttpCommand(
                    place, f.gate.session(place), new Caller("main", null, false), "GET", "/users/" + i, "", Map.of()));
        }
        f.gate.writeDownCounts();
        Event count = f.events.only(Type.COUNT);
        assertThat(count.rows()).isEqualTo(100);
        assertThat(count.target()).isEqualTo("https://api");
        assertThat(count.session()).isNotEmpty();
    }

    @Test
    void noCallOfManyThreadsIsMissingInTheCounts() throws Exception {
        GateFixture f = new GateFixture(enforcing(allow()).at(RecordLevel.DECISIONS));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 5_000; i++) {
                    try {
                        f.admit(DELETE);
                    } catch (RefusedException e) {
                        throw new AssertionError(e);
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        while (threads.stream().anyMatch(Thread::isAlive)) {
            f.gate.writeDownCounts();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        f.gate.writeDownCounts();
        assertThat(f.events.all().stream().mapToLong(Event::rows).sum()).isEqualTo(20_000);
    }

    @Test
    void aCountThatCouldNotBeKeptIsInTheNextOne() throws Exception {
        GateFixture f = new GateFixture(enforcing(allow()).at(RecordLevel.DECISIONS));
        f.admit(DELETE);
        f.events.accepting(e -> false);
        f.gate.writeDownCounts();
        f.events.accepting(e -> true);
        f.admit(DELETE);
        f.gate.writeDownCounts();
        assertThat(f.events.only(Type.COUNT).rows()).isEqualTo(2);
    }

    @Test
    void anAlertRaisesAnAlarmAndLetsTheCallPass() throws Exception {
        Decision alerted = new Decision(Verdict.Allow.PLAIN, List.of(), null, List.of("big-read"), List.of());
        GateFixture f = new GateFixture(enforcing(alerted).at(RecordLevel.DECISIONS));
        f.admit(DELETE);
        assertThat(f.events.only(Type.ALARM).rules()).containsExactly("big-read");
        assertThat(f.events.only(Type.ALARM).call())
                .isEqualTo(f.events.only(Type.DECISION).call());
    }

    @Test
    void queryValuesAndHeadersAreNotRecorded() throws Exception {
        GateFixture f = new GateFixture(enforcing(allow()));
        f.admit(Commands.http(
                "GET",
                "/users",
                "email=bob%40x.org&page=2&eyJhbGciOi",
                Map.of("authorization", List.of("Bearer s3cret"))));
        Event event = f.events.only(Type.DECISION);
        assertThat(event.detail()).isEqualTo("GET /users?email=?&page=?&?");
        assertThat(event.toString()).doesNotContain("bob", "s3cret", "eyJ");
    }

    @Test
    void aNestedCallThatNeedsApprovalIsRefused() {
        GateFixture f = new GateFixture(enforcing(hold()));
        Refusal refusal = catchThrowableOfType(RefusedException.class, () -> f.gate.admitNested(DELETE))
                .refusal();
        assertThat(refusal.reason()).isEqualTo(Reason.DENIED);
        assertThat(refusal.rule()).isEqualTo("nested-hold");
        assertThat(f.desk.tickets()).isEmpty();
        assertThat(f.events.only(Type.DECISION).rules()).containsExactly("mass-write", "nested-hold");
    }

    @Test
    void aNestedCallIsDeniedAndAdmittedLikeAnyOther() throws Exception {
        GateFixture f = new GateFixture(enforcing(deny("no-drop")));
        assertThat(catchThrowableOfType(RefusedException.class, () -> f.gate.admitNested(DELETE))
                        .refusal()
                        .rule())
                .isEqualTo("no-drop");
        f.policy = enforcing(allow());
        assertThat(f.gate.admitNested(DELETE).command()).isSameAs(DELETE);
    }

    @Test
    void anAsynchronousCallThatNeedsNobodyIsCompleteOnReturn() {
        GateFixture f = new GateFixture(enforcing(allow()));
        assertThat(f.gate.admitAsync(DELETE)).isCompleted();
        f.policy = enforcing(deny("no-drop"));
        assertThat(f.gate.admitAsync(DELETE)).isCompletedExceptionally();
        assertThat(GateFixture.refusalOf(f.gate.admitAsync(DELETE)).rule()).isEqualTo("no-drop");
    }

    @Test
    void aModulesOwnRefusalTakesEffectInEnforceModeOnly() throws Exception {
        GateFixture f = new GateFixture(enforcing(allow()));
        Refusal refusal = catchThrowableOfType(
                        RefusedException.class,
                        () -> f.gate.refuse(DELETE, "side-door", "Setting INIT is not allowed."))
                .refusal();
        assertThat(refusal.rule()).isEqualTo("side-door");
        assertThat(refusal.incident()).isEqualTo(f.events.only(Type.DECISION).call());

        GateFixture observing = new GateFixture(enforcing(allow()).observing());
        observing.gate.refuse(DELETE, "side-door", "Setting INIT is not allowed.");
        assertThat(observing.events.only(Type.DECISION).wouldHave()).isEqualTo("deny");
        assertThat(observing.events.types()).contains(Type.ALARM);
    }

    @Test
    void theEndOfASessionIsRecorded() {
        GateFixture f = new GateFixture(enforcing(allow()));
        f.gate.closed(Commands.ORDERS, "session-1");
        assertThat(f.events.only(Type.CLOSE).session()).isEqualTo("session-1");
        assertThat(f.events.only(Type.CLOSE).target()).isEqualTo(Commands.ORDERS.url());
    }
}
