package io.sallyport.core.verdict;

import static io.sallyport.core.testing.ScriptedPolicy.LONG;
import static io.sallyport.core.testing.ScriptedPolicy.enforcing;
import static io.sallyport.core.testing.ScriptedPolicy.hold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.RequesterReason;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.Event.Type;
import io.sallyport.core.record.TraceContext;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.GateFixture;
import io.sallyport.core.testing.GateFixture.HeldThread;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules that demand to be told why a call is made before people are asked about it. */
@Timeout(60)
class RequesterReasonTest {

    private static final Command DELETE = Commands.sql("DELETE FROM carts WHERE id = 4711");

    private final GateFixture f = new GateFixture(enforcing(hold(demanding(null))));

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void withoutAReasonTheCallIsRefusedTypedAndToldHowToGiveOneAndNobodyIsAsked() {
        Refusal refusal = f.refused(DELETE);
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.DENIED);
        assertThat(refusal.rule()).isEqualTo("requester-reason");
        assertThat(refusal.message()).contains("mass-write", "sallyport.reason", "agent option reason");
        assertThat(f.desk.tickets()).isEmpty();
        assertThat(f.room.held()).isZero();
        Event decision = f.events.only(Type.DECISION);
        assertThat(decision.verdict()).isEqualTo("deny");
        assertThat(decision.rules()).containsExactly("mass-write", "requester-reason");
    }

    @Test
    void anAsynchronousCallWithoutAReasonFailsThroughItsFuture() {
        assertThatThrownBy(() -> f.gate.admitAsync(DELETE).get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().rule()).isEqualTo("requester-reason"));
        assertThat(f.desk.tickets()).isEmpty();
    }

    @Test
    void withAReasonPeopleAreAskedAndSeeItAndItIsInTheRecord() throws Exception {
        f.traces = saying("OPS-4711");
        HeldThread caller = f.start(DELETE);
        Ticket ticket = f.desk.ticket(1);
        assertThat(ticket.requester().reason()).isEqualTo("OPS-4711");
        assertThat(f.events.only(Type.DECISION).reason()).isEqualTo("the caller's reason: OPS-4711");
        f.desk.decide(ticket, new Outcome.Approved(List.of("alice"), "", false));
        caller.passage().completed(1);
    }

    @Test
    void equalCallsWithDifferentReasonsShareNoTicket() {
        f.traces = saying("OPS-1");
        HeldThread first = f.start(DELETE);
        Ticket one = f.desk.ticket(1);
        f.traces = saying("OPS-2");
        HeldThread second = f.start(DELETE);
        Ticket two = f.desk.ticket(2);
        assertThat(two.requester().reason()).isEqualTo("OPS-2");
        f.desk.decide(one, new Outcome.Approved(List.of("alice"), "", false));
        first.passage().completed(1);
        assertThat(second.result()).isNotDone();
        f.desk.decide(two, new Outcome.Approved(List.of("alice"), "", false));
        second.passage().completed(1);
    }

    @Test
    void atCommitTheReasonIsTheOneThatTheStatementRanFor() throws Exception {
        f.policy = enforcing(hold(demanding(LONG)));
        SqlCommand work =
                Commands.sql(Commands.ORDERS, "DELETE FROM carts WHERE id = 4711", TransactionState.IN_TRANSACTION);
        assertThat(f.refused(work).rule()).isEqualTo("requester-reason");

        f.traces = saying("OPS-4711");
        HoldRequest owed = Objects.requireNonNull(f.admit(work).owed());
        f.traces = saying(null);
        Thread commit = new Thread(() -> {
            try {
                f.gate.settle(work, owed, Waiter.unlimited());
            } catch (RefusedException refused) {
                // The test ends the wait by closing the room.
            }
        });
        commit.start();
        assertThat(f.desk.ticket(1).requester().reason()).isEqualTo("OPS-4711");
        f.room.close();
        commit.join();
    }

    private static HoldRequest demanding(@Nullable Duration commitWait) {
        return new HoldRequest(
                List.of("mass-write"),
                List.of("dba"),
                1,
                false,
                LONG,
                LONG,
                "Ask the DBA.",
                commitWait,
                List.of(),
                RequesterReason.REQUIRED,
                false);
    }

    private static TraceContext saying(@Nullable String reason) {
        return new TraceContext() {
            @Override
            public @Nullable String traceId() {
                return null;
            }

            @Override
            public @Nullable String user() {
                return null;
            }

            @Override
            public @Nullable String reason() {
                return reason;
            }
        };
    }
}
