package io.sallyport.core.verdict;

import static io.sallyport.core.testing.ScriptedPolicy.allow;
import static io.sallyport.core.testing.ScriptedPolicy.enforcing;
import static io.sallyport.core.testing.ScriptedPolicy.hold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.core.command.Command;
import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.record.Event.Type;
import io.sallyport.core.record.FailureNames;
import io.sallyport.core.record.IncidentIds;
import io.sallyport.core.record.Recorder;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.MovableClock;
import io.sallyport.core.testing.RecordedEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StoppedSessionsTest {

    private static final Command SELECT = Commands.sql("SELECT 1");

    private final StoppedSessions stopped = new StoppedSessions();
    private final RecordedEvents events = new RecordedEvents();
    private final Gate gate = gate();

    private Gate gate() {
        return gate(enforcing(allow()), ApprovalDesk.NOBODY);
    }

    private Gate gate(PolicySnapshot policy, ApprovalDesk desk) {
        MovableClock clock = new MovableClock();
        return new StandardGate(
                () -> policy,
                () -> Identity.unverified("shop"),
                new HoldRoom(desk, clock),
                new Recorder(events, clock),
                new IncidentIds(),
                FailureNames.BY_CLASS,
                stopped);
    }

    @Test
    void aStoppedSessionsCallsAreRefusedAndRecordedWithTheReason() {
        stopped.stop(SELECT.session(), "this session was stopped by ann (odd)");
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> gate.admit(SELECT, Waiter.unlimited()));
        assertThat(refused.refusal().rule()).isEqualTo("session-stopped");
        assertThat(refused.refusal().message()).contains("stopped by ann");
        assertThat(events.only(Type.DECISION).verdict()).isEqualTo("deny");
        assertThat(events.only(Type.DECISION).reason()).contains("stopped by ann");
    }

    @Test
    void aStoppedSessionsNestedCallsAreRefusedToo() {
        stopped.stop(SELECT.session(), "stopped");
        assertThat(catchThrowableOfType(RefusedException.class, () -> gate.admitNested(SELECT)))
                .isNotNull();
        assertThat(gate.admitAsync(SELECT)).isCompletedExceptionally();
    }

    @Test
    void aCallThatWaitsForPeopleGivesUpWhenItsSessionIsStopped() {
        List<String> withdrawn = new CopyOnWriteArrayList<>();
        ApprovalDesk desk = new ApprovalDesk() {
            @Override
            public void submit(Ticket ticket, Consumer<Outcome> listener) {
                stopped.stop(SELECT.session(), "stopped by ann");
            }

            @Override
            public void update(Ticket ticket) {}

            @Override
            public void withdraw(String ticketId, String why) {
                withdrawn.add(why);
            }
        };
        Gate holding = gate(enforcing(hold()), desk);
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> holding.admit(SELECT, Waiter.unlimited()));
        assertThat(refused.refusal().rule()).isEqualTo("session-stopped");
        assertThat(withdrawn).hasSize(1);
        assertThat(events.only(Type.OUTCOME).verdict()).isEqualTo("deny");
    }

    @Test
    void anApprovalThatComesAfterTheStopIsTooLate() {
        ApprovalDesk desk = new ApprovalDesk() {
            @Override
            public void submit(Ticket ticket, Consumer<Outcome> listener) {
                stopped.stop(SELECT.session(), "stopped by ann");
                listener.accept(new Outcome.Approved(List.of("bob"), "fine", false));
            }

            @Override
            public void update(Ticket ticket) {}

            @Override
            public void withdraw(String ticketId, String why) {}
        };
        assertThat(catchThrowableOfType(
                                RefusedException.class,
                                () -> gate(enforcing(hold()), desk).admit(SELECT, Waiter.unlimited()))
                        .refusal()
                        .rule())
                .isEqualTo("session-stopped");
    }

    @Test
    void aStoppedSessionDoesNotCommit() {
        assertThatCode(() -> gate.committing(SELECT)).doesNotThrowAnyException();
        stopped.stop(SELECT.session(), "stopped");
        assertThat(catchThrowableOfType(RefusedException.class, () -> gate.committing(SELECT)))
                .isNotNull();
    }

    @Test
    void otherSessionsGoOn() {
        stopped.stop("another session", "stopped");
        assertThatCode(() -> gate.admit(SELECT, Waiter.unlimited())).doesNotThrowAnyException();
    }
}
