package io.sallyport.core.verdict;

import static io.sallyport.core.testing.ScriptedPolicy.allow;
import static io.sallyport.core.testing.ScriptedPolicy.enforcing;
import static io.sallyport.core.testing.ScriptedPolicy.hold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.Target;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.Event.Type;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.GateFixture;
import io.sallyport.core.testing.ScriptedPolicy;
import io.sallyport.core.verdict.Refusal.Reason;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a failure inside the gate, or of the record, means for the call. */
class FailureTest {

    private static final Command DELETE = Commands.sql("DELETE FROM carts WHERE id = 4711");

    static List<Supplier<Throwable>> defects() {
        return List.of(
                () -> new IllegalStateException("DELETE FROM carts WHERE id = 4711"),
                StackOverflowError::new,
                () -> new OutOfMemoryError("injected"),
                () -> new NoClassDefFoundError("gone"),
                ThreadDeath::new,
                () -> new java.io.IOException("checked, thrown without being declared"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void aFailingDecisionRefusesTheCallInEnforceMode(Supplier<Throwable> defect) {
        GateFixture f = new GateFixture(enforcing(command -> sneak(defect.get())));
        Refusal refusal = f.refused(DELETE);

        assertThat(refusal.reason()).isEqualTo(Reason.FAILED);
        assertThat(refusal.describe()).doesNotContain("4711");
        Event alarm = f.events.only(Type.ALARM);
        assertThat(alarm.call()).isEqualTo(refusal.incident());
        assertThat(alarm.error()).contains(defect.get().getClass().getName()).doesNotContain("4711");
        assertThat(f.refused(DELETE).reason()).isEqualTo(Reason.FAILED);
        assertThat(GateFixture.refusalOf(f.gate.admitAsync(DELETE)).reason()).isEqualTo(Reason.FAILED);
        assertThat(catchThrowableOfType(RefusedException.class, () -> f.gate.admitNested(DELETE)))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("defects")
    void aFailingDecisionPassesWithAnAlarmInObserveMode(Supplier<Throwable> defect) throws Exception {
        GateFixture f = new GateFixture(
                enforcing(command -> FailureTest.<Decision>sneak(defect.get())).observing());
        Passage passage = f.admit(DELETE);
        passage.completed(1);
        assertThat(passage.command()).isSameAs(DELETE);
        assertThat(f.gate.admitAsync(DELETE)).isCompleted();
        assertThat(f.events.of(Type.ALARM)).hasSize(2);
    }

    @Test
    void aRealStackOverflowInADecisionRefusesTheCall() {
        GateFixture f = new GateFixture(enforcing(FailureTest::overflow));
        assertThat(f.refused(DELETE).reason()).isEqualTo(Reason.FAILED);
    }

    @Test
    void withoutAnyPolicyTheCallIsRefused() {
        GateFixture f = new GateFixture(null);
        assertThat(f.refused(DELETE).reason()).isEqualTo(Reason.FAILED);
    }

    @Test
    void aTlsRequirementThatCannotBeDeterminedIsTheStrictest() {
        GateFixture f = new GateFixture(new BrokenTls(Mode.ENFORCE));
        assertThat(f.gate.tls(Commands.ORDERS).level()).isEqualTo(TlsRequirement.Level.VERIFY_FULL);
        assertThat(f.events.types()).containsExactly(Type.ALARM);
        f.policy = new BrokenTls(Mode.OBSERVE);
        assertThat(f.gate.tls(Commands.ORDERS)).isEqualTo(TlsRequirement.NONE);
    }

    static List<Predicate<Event>> fullSinks() {
        return List.of(event -> false, event -> sneak(new IllegalStateException("disk gone")), event -> {
            throw new OutOfMemoryError("injected");
        });
    }

    @ParameterizedTest
    @MethodSource("fullSinks")
    void aCallThatCannotBeRecordedIsRefused(Predicate<Event> full) {
        GateFixture f = new GateFixture(enforcing(allow()));
        f.events.accepting(full);
        Refusal refusal = f.refused(DELETE);
        assertThat(refusal.reason()).isEqualTo(Reason.FAILED);
        assertThat(refusal.rule()).isEqualTo("spool-full");
    }

    @ParameterizedTest
    @MethodSource("fullSinks")
    void theLossIsCountedAndReportedWhereThePolicyDrops(Predicate<Event> full) throws Exception {
        GateFixture f = new GateFixture(enforcing(allow()).droppingWhenFull());
        f.events.accepting(full);
        f.admit(DELETE).completed(1);
        assertThat(f.gate.lostEvents()).isEqualTo(2);

        f.events.accepting(event -> true);
        f.admit(DELETE);
        assertThat(f.events.types()).containsExactly(Type.DECISION, Type.ALARM);
        assertThat(f.events.only(Type.ALARM).error()).isEqualTo("2 events could not be kept");
    }

    @ParameterizedTest
    @MethodSource("fullSinks")
    void observeModeLosesEventsAndNoCall(Predicate<Event> full) throws Exception {
        GateFixture f = new GateFixture(enforcing(allow()).observing());
        f.events.accepting(full);
        f.admit(DELETE);
        assertThat(f.gate.lostEvents()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("fullSinks")
    void theEndOfACallAndAlarmsNeverThrow(Predicate<Event> full) throws Exception {
        GateFixture f = new GateFixture(enforcing(allow()));
        Passage one = f.admit(DELETE);
        Passage two = f.admit(DELETE);
        f.events.accepting(full);
        assertThatCode(() -> one.completed(1)).doesNotThrowAnyException();
        assertThatCode(() -> two.failed(new Exception())).doesNotThrowAnyException();
        assertThatCode(() -> f.gate.alarm("look")).doesNotThrowAnyException();
        assertThatCode(() -> f.gate.closed(Commands.ORDERS, "s")).doesNotThrowAnyException();
        assertThat(f.gate.lostEvents()).isEqualTo(4);
    }

    @Test
    void aHeldCallWhoseWaitCannotBeRecordedIsRefusedAndItsTicketWithdrawn() {
        GateFixture f = new GateFixture(enforcing(hold()));
        f.events.accepting(event -> event.type() != Type.HOLD);
        assertThat(f.refused(DELETE).rule()).isEqualTo("spool-full");
        assertThat(f.desk.log()).hasSize(2).last().asString().startsWith("withdraw");
        assertThat(f.room.held()).isZero();
    }

    @Test
    void anApprovedCallWhoseOutcomeCannotBeRecordedIsRefused() {
        GateFixture f = new GateFixture(enforcing(hold()));
        f.events.accepting(event -> event.type() != Type.OUTCOME);
        GateFixture.HeldThread caller = f.start(DELETE);
        f.desk.approve(f.desk.ticket(1));
        assertThat(caller.refusal().rule()).isEqualTo("spool-full");
    }

    private static Decision overflow(Command command) {
        return overflow(command);
    }

    @SuppressWarnings("unchecked")
    private static <T> T sneak(Throwable t) {
        FailureTest.<RuntimeException>throwIt(t);
        return null;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwIt(Throwable t) throws E {
        throw (E) t;
    }

    private record BrokenTls(Mode mode) implements PolicySnapshot {
        @Override
        public long version() {
            return 1;
        }

        @Override
        public TlsRequirement tls(Target target) {
            throw new IllegalStateException();
        }

        @Override
        public boolean refuseWhenRecordFull() {
            return true;
        }

        @Override
        public RecordLevel recordLevel() {
            return RecordLevel.FULL;
        }

        @Override
        public Decision decide(Command command, Identity identity, java.time.Instant now) {
            return ScriptedPolicy.allow();
        }
    }
}
