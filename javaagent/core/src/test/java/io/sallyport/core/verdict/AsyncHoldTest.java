package io.sallyport.core.verdict;

import static io.sallyport.core.testing.ScriptedPolicy.LONG;
import static io.sallyport.core.testing.ScriptedPolicy.deny;
import static io.sallyport.core.testing.ScriptedPolicy.enforcing;
import static io.sallyport.core.testing.ScriptedPolicy.hold;
import static io.sallyport.core.testing.ScriptedPolicy.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Command;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event.Type;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.GateFixture;
import io.sallyport.core.verdict.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers that must not be blocked. */
@Timeout(60)
class AsyncHoldTest {

    private static final Command DELETE = Commands.http("DELETE", "/users/7", "", Map.of());

    private final GateFixture f = new GateFixture(enforcing(hold()));

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void anApprovalCompletesTheFutureOnAnAgentThread() throws Exception {
        CompletableFuture<Passage> held = f.gate.admitAsync(DELETE);
        CompletableFuture<Thread> completer = held.thenApply(p -> Thread.currentThread());
        assertThat(held).isNotDone();
        f.desk.approve(f.desk.ticket(1));
        Thread thread = completer.get(20, TimeUnit.SECONDS);
        assertThat(thread.getName()).startsWith("sallyport-release");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getContextClassLoader()).isNull();
        GateFixture.get(held).completed(-1);
        assertThat(f.events.types()).containsExactly(Type.DECISION, Type.HOLD, Type.OUTCOME, Type.RESULT);
    }

    @Test
    void cancellingTheFutureWithdrawsTheTicket() {
        CompletableFuture<Passage> held = f.gate.admitAsync(DELETE);
        Ticket ticket = f.desk.ticket(1);
        held.cancel(true);
        f.desk.awaitWithdrawal();
        f.desk.approve(ticket);
        assertThat(f.room.held()).isZero();
        assertThat(held).isCancelled();
    }

    @Test
    void theCallersOwnTimeoutWithdrawsTheTicketToo() {
        f.gate.admitAsync(DELETE).orTimeout(1, TimeUnit.MILLISECONDS);
        f.desk.awaitWithdrawal();
    }

    @Test
    void patienceAndTimeoutApply() {
        f.policy = enforcing(hold(request(Duration.ofMillis(1), LONG)));
        assertThat(GateFixture.refusalOf(f.gate.admitAsync(DELETE)).reason()).isEqualTo(Reason.STILL_WAITING);
        f.desk.approve(f.desk.ticket(1));
        assertThat(f.gate.admitAsync(DELETE)).as("the grant admits at once").isCompleted();

        f.policy = enforcing(hold(request(LONG, Duration.ofMillis(1))));
        assertThat(GateFixture.refusalOf(f.gate.admitAsync(DELETE)).reason()).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void thePolicyInForceAtTheApprovalDecidesAgain() {
        CompletableFuture<Passage> held = f.gate.admitAsync(DELETE);
        f.policy = enforcing(deny("freeze"));
        f.desk.approve(f.desk.ticket(1));
        assertThat(GateFixture.refusalOf(held).rule()).isEqualTo("freeze");
    }

    @Test
    void aFailureAfterTheApprovalFailsTheFuture() {
        CompletableFuture<Passage> held = f.gate.admitAsync(DELETE);
        f.policy = enforcing(command -> {
            throw new StackOverflowError();
        });
        f.desk.approve(f.desk.ticket(1));
        assertThat(GateFixture.refusalOf(held).reason()).isEqualTo(Reason.FAILED);
    }

    @Test
    void blockingAndOtherCallersShareATicket() {
        CompletableFuture<Passage> held = f.gate.admitAsync(DELETE);
        Ticket ticket = f.desk.ticket(1);
        GateFixture.HeldThread blocked = f.start(DELETE);
        f.desk.awaitCallers(ticket, 2);
        f.desk.approve(ticket);
        GateFixture.get(held);
        blocked.passage();
        assertThat(f.desk.tickets()).hasSize(1);
    }

    @Test
    void fiveHundredHeldCallsCostNoThreadEach() {
        int before = agentThreads();
        List<CompletableFuture<Passage>> held = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            held.add(f.gate.admitAsync(Commands.http("DELETE", "/users/" + i, "", Map.of())));
        }
        assertThat(f.room.held()).isEqualTo(500);
        assertThat(agentThreads() - before).isLessThanOrEqualTo(1);
        for (Ticket ticket : f.desk.tickets()) {
            f.desk.approve(ticket);
        }
        held.forEach(GateFixture::get);
        assertThat(agentThreads() - before).isLessThanOrEqualTo(5);
        assertThat(f.room.held()).isZero();
    }

    @Test
    void closingTheRoomFailsEveryFuture() {
        CompletableFuture<Passage> held = f.gate.admitAsync(DELETE);
        f.desk.ticket(1);
        f.close();
        assertThat(GateFixture.refusalOf(held).rule()).isEqualTo("shutdown");
        assertThat(GateFixture.refusalOf(f.gate.admitAsync(DELETE)).rule()).isEqualTo("shutdown");
    }

    /** Threads of every room of this process; other tests' rooms may be among them, but do not start while this one runs. */
    private static int agentThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("sallyport-"))
                .count();
    }
}
