package io.sallyport.core.verdict;

import static io.sallyport.core.testing.ScriptedPolicy.LONG;
import static io.sallyport.core.testing.ScriptedPolicy.enforcing;
import static io.sallyport.core.testing.ScriptedPolicy.hold;
import static io.sallyport.core.testing.ScriptedPolicy.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Command;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event;
import io.sallyport.core.record.Event.Type;
import io.sallyport.core.testing.Commands;
import io.sallyport.core.testing.GateFixture;
import io.sallyport.core.testing.GateFixture.HeldThread;
import io.sallyport.core.verdict.Refusal.Reason;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Things that happen at the same time. Whoever wins, each caller leaves once and nothing stays behind. */
@Timeout(300)
class HoldRaceTest {

    private static final Command DELETE = Commands.sql("DELETE FROM carts WHERE id = 4711");
    private static final int ROUNDS = Boolean.getBoolean("sallyport.soak") ? 5_000 : 300;

    @Test
    void twoApprovalsAtOnceAdmitTheCallOnce() throws Exception {
        try (GateFixture f = new GateFixture(enforcing(hold()))) {
            for (int i = 1; i <= ROUNDS; i++) {
                HeldThread caller = f.start(DELETE);
                Ticket ticket = f.desk.ticket(i);
                together(() -> f.desk.approve(ticket), () -> f.desk.approve(ticket));
                caller.passage();
            }
            assertThat(f.events.of(Type.OUTCOME)).hasSize(ROUNDS);
            assertThat(f.room.held()).isZero();
        }
    }

    @Test
    void anApprovalAndARefusalAtOnceHaveOneOutcome() throws Exception {
        try (GateFixture f = new GateFixture(enforcing(hold()))) {
            for (int i = 1; i <= ROUNDS; i++) {
                HeldThread caller = f.start(DELETE);
                Ticket ticket = f.desk.ticket(i);
                together(
                        () -> f.desk.approve(ticket),
                        () -> f.desk.decide(ticket, new Outcome.Refused(List.of("bob"), "no")));
                boolean admitted = admitted(caller.result());
                Event outcome = f.events.of(Type.OUTCOME).get(i - 1);
                assertThat(outcome.verdict()).isEqualTo(admitted ? "allow" : "deny");
            }
            assertThat(f.room.held()).isZero();
        }
    }

    @Test
    void givingUpAndApprovingAtOnceLeavesNothingBehind() throws Exception {
        try (GateFixture f = new GateFixture(enforcing(hold()))) {
            for (int i = 1; i <= ROUNDS; i++) {
                HeldThread caller = f.start(DELETE);
                Ticket ticket = f.desk.ticket(i);
                together(() -> f.desk.approve(ticket), () -> caller.waiter().giveUp("cancel"));
                if (!admitted(caller.result())) {
                    assertThat(caller.refusal().reason()).isEqualTo(Reason.WITHDRAWN);
                }
                assertThat(f.room.held()).isZero();
            }
            // Every round made a ticket of its own: no grant was left for a later call.
            assertThat(f.desk.tickets()).hasSize(ROUNDS);
        }
    }

    @Test
    void anInterruptAndAnApprovalAtOnceEndTheWaitAndTheInterruptStays() throws Exception {
        try (GateFixture f = new GateFixture(enforcing(hold()))) {
            for (int i = 1; i <= ROUNDS; i++) {
                CountDownLatch bothDone = new CountDownLatch(1);
                CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
                CompletableFuture<Passage> result = new CompletableFuture<>();
                Thread caller = new Thread(() -> {
                    try {
                        result.complete(f.admit(DELETE));
                    } catch (RefusedException e) {
                        result.completeExceptionally(e);
                    }
                    boolean flag = Thread.interrupted();
                    while (bothDone.getCount() > 0) {
                        try {
                            bothDone.await();
                        } catch (InterruptedException e) {
                            flag = true;
                        }
                    }
                    interrupted.complete(flag | Thread.interrupted());
                });
                caller.start();
                Ticket ticket = f.desk.ticket(i);
                together(() -> f.desk.approve(ticket), caller::interrupt);
                bothDone.countDown();
                assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
                if (!admitted(result)) {
                    assertThat(GateFixture.refusalOf(result).reason()).isEqualTo(Reason.WITHDRAWN);
                }
                assertThat(f.room.held()).isZero();
            }
        }
    }

    /** Virtual threads exist from 21 on; a wait that pinned its carrier would stop the others after a handful. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aThousandVirtualThreadsWaitWithoutHoldingCarriers() throws Exception {
        Method startVirtualThread = Thread.class.getMethod("startVirtualThread", Runnable.class);
        try (GateFixture f = new GateFixture(enforcing(hold()))) {
            List<CompletableFuture<Passage>> calls = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                CompletableFuture<Passage> call = new CompletableFuture<>();
                calls.add(call);
                startVirtualThread.invoke(null, (Runnable) () -> {
                    try {
                        call.complete(f.admit(DELETE));
                    } catch (RefusedException e) {
                        call.completeExceptionally(e);
                    }
                });
            }
            f.desk.awaitCallers(f.desk.ticket(1), 1_000);
            f.desk.approve(f.desk.ticket(1));
            calls.forEach(GateFixture::get);
        }
    }

    @Test
    void cancellingAFutureAndApprovingAtOnceEndsIt() throws Exception {
        try (GateFixture f = new GateFixture(enforcing(hold()))) {
            for (int i = 1; i <= ROUNDS; i++) {
                CompletableFuture<Passage> held = f.gate.admitAsync(DELETE);
                Ticket ticket = f.desk.ticket(i);
                together(() -> f.desk.approve(ticket), () -> held.cancel(true));
                held.handle((p, e) -> p).get(20, TimeUnit.SECONDS);
                assertThat(f.room.held()).isZero();
            }
            assertThat(f.desk.tickets()).hasSize(ROUNDS);
        }
    }

    @RepeatedTest(3)
    void twoHundredEqualCallersShareOneTicket() throws Exception {
        try (GateFixture f = new GateFixture(enforcing(hold()))) {
            List<HeldThread> callers =
                    IntStream.range(0, 200).mapToObj(i -> f.start(DELETE)).toList();
            Ticket ticket = f.desk.ticket(1);
            f.desk.awaitCallers(ticket, 200);
            callers.subList(0, 50).forEach(c -> c.waiter().giveUp("cancel"));
            f.desk.awaitCallers(ticket, 150);
            f.desk.approve(ticket);
            callers.subList(0, 50).forEach(c -> assertThat(c.refusal().reason()).isEqualTo(Reason.WITHDRAWN));
            callers.subList(50, 200).forEach(HeldThread::passage);
            assertThat(f.desk.tickets()).hasSize(1);
            assertThat(f.room.held()).isZero();
        }
    }

    @Test
    void ofManyEqualCallsThatComeAfterALateApprovalExactlyOneIsAdmitted() throws Exception {
        for (int round = 0; round < Math.max(5, ROUNDS / 60); round++) {
            try (GateFixture f = new GateFixture(enforcing(hold(request(Duration.ZERO, LONG))))) {
                f.refused(DELETE);
                f.refused(DELETE);
                f.desk.approve(f.desk.ticket(1));
                List<HeldThread> callers =
                        IntStream.range(0, 20).mapToObj(i -> f.start(DELETE)).toList();
                long admitted =
                        callers.stream().filter(c -> admitted(c.result())).count();
                assertThat(admitted).isEqualTo(1);
            }
        }
    }

    @Test
    void closingWhileCallersComeAndGoFreesAllOfThem() throws Exception {
        for (int round = 0; round < Math.max(5, ROUNDS / 60); round++) {
            GateFixture f = new GateFixture(enforcing(hold()));
            List<CompletableFuture<Passage>> calls = new ArrayList<>();
            Thread closer = new Thread(f::close);
            for (int i = 0; i < 40; i++) {
                Command call = Commands.sql("DELETE FROM carts WHERE id = ?", i % 7);
                calls.add(i % 2 == 0 ? f.start(call).result() : f.gate.admitAsync(call));
                if (i == 20) {
                    closer.start();
                }
            }
            for (CompletableFuture<Passage> call : calls) {
                assertThat(GateFixture.refusalOf(call).rule()).isEqualTo("shutdown");
            }
            closer.join();
            assertThat(f.room.held()).isZero();
        }
    }

    private static boolean admitted(CompletableFuture<Passage> result) {
        try {
            return result.handle((p, e) -> e == null).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the call did not end", e);
        }
    }

    /** Runs both as close to each other as two threads allow. */
    private static void together(Runnable one, Runnable two) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            meet(start);
            one.run();
        });
        meet(start);
        two.run();
        other.get(20, TimeUnit.SECONDS);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
