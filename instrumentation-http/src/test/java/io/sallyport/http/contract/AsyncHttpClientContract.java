package io.sallyport.http.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sallyport.testing.WatchedWire;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a client must do, in addition, whose callers do not wait: futures, callbacks, publishers. */
public abstract class AsyncHttpClientContract extends HttpClientContract {

    /** Starts the call; the future tells what the client's own future, callback or publisher told. Cancelling it cancels the call. */
    protected abstract CompletableFuture<Answer> start(Request request);

    @Override
    protected boolean leavesItsTicket() {
        return false;
    }

    /** Where a WebSocket is asked for: over TLS, but for the path where plain text is refused. */
    protected final URI webSocket(String path) {
        return path.equals("/secure") ? server.plain(path) : server.at(path);
    }

    @Test
    void anAdmittedAsyncRequestBehavesAsWithoutTheAgent() throws Exception {
        assertThat(start(get("/open")).get(10, TimeUnit.SECONDS).text()).isEqualTo(Server.BODY);
    }

    /** More than a pool opens before the first answer, and some of them after it. */
    @Test
    void connectionsOfAPoolToAGovernedPlaceAreTheClientsOwn() throws Exception {
        List<CompletableFuture<Answer>> calls = IntStream.range(0, 100)
                .mapToObj(i -> start(get("/open?n=" + i)))
                .toList();
        for (CompletableFuture<Answer> call : calls) {
            assertThat(call.get(20, TimeUnit.SECONDS).text()).isEqualTo(Server.BODY);
        }
    }

    @Test
    void aRefusedAsyncRequestFailsItsFutureAndNeverThrows() {
        CompletableFuture<Answer> future = start(get("/denied"));
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void anAsyncBodyIsMasked() throws Exception {
        assertThat(start(get("/masked?coding=gzip")).get(10, TimeUnit.SECONDS).text())
                .isEqualTo(MASKED);
    }

    @Test
    void anAsyncRedirectIsDecidedAgain() {
        assertThatThrownBy(() -> start(get("/redirect")).get(10, TimeUnit.SECONDS))
                .hasStackTraceContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /redirect");
    }

    @Test
    void anAsyncAnswerIsUnderTheRulesOfWhereARedirectLed() throws Exception {
        assertThat(start(get("/redirect?by=307&to=/masked"))
                        .get(10, TimeUnit.SECONDS)
                        .text())
                .isEqualTo(MASKED);
        assertThatThrownBy(
                        () -> start(get("/redirect?to=/no-errors?status=503")).get(10, TimeUnit.SECONDS))
                .hasStackTraceContaining("this answer stays outside");
        try {
            Answer kept = start(request("POST", BODY_AGAIN, "a secret")).get(10, TimeUnit.SECONDS);
            assertThat(kept.status()).isEqualTo(307);
        } catch (ExecutionException refused) {
            assertThat(refused).hasStackTraceContaining("no-denied");
        }
        assertThat(server.seen()).doesNotContain("POST /body?echo");
    }

    @Test
    void aHeldAsyncRequestReturnsAtOnceAndIsSentOnceAfterApproval() throws Exception {
        CompletableFuture<Answer> future = start(request("POST", "/held?echo", "a body"));
        Approver.Case held = Governed.APPROVER.next();
        assertThat(future).isNotDone();
        assertThat(server.seen()).isEmpty();
        held.approve();
        assertThat(future.get(10, TimeUnit.SECONDS).text()).isEqualTo("a body");
        assertThat(server.seen()).containsExactly("POST /held?echo");
    }

    @Test
    void whatPeopleApprovedOfAnAsyncCallIsSentOnceThoughItsConnectionDied() throws Exception {
        demandSentOnceThoughItsConnectionDied(this::start);
    }

    @Test
    void aHeldAsyncRequestThatIsRefusedFailsItsFuture() throws Exception {
        CompletableFuture<Answer> future = start(get("/held"));
        Governed.APPROVER.next().refuse();
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS)).cause().isInstanceOf(refusal());
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aRequestThatIsHeldForItsBodyIsSentOnceAfterApproval() throws Exception {
        CompletableFuture<Answer> future = start(request("POST", "/held-body?echo", "a body"));
        Approver.Case held = Governed.APPROVER.next();
        assertThat(server.seen()).isEmpty();
        held.approve();
        assertThat(future.get(10, TimeUnit.SECONDS).text()).isEqualTo("a body");
        assertThat(server.seen()).containsExactly("POST /held-body?echo");
    }

    @Test
    void cancellingAHeldRequestWithdrawsItsTicket() throws Exception {
        CompletableFuture<Answer> future = start(get("/held"));
        Approver.Case held = Governed.APPROVER.next();
        assertThat(future.cancel(true)).isTrue();
        assertThat(Governed.APPROVER.withdrawn()).isEqualTo(held.ticket().id());
        held.approve();
        assertThat(server.seen()).isEmpty();
    }

    /**
     * Closes the client that {@link #start} calls by.
     *
     * @return what those get whose calls have not been sent; {@code null} where there is nothing to close, or other clients have it as well
     */
    protected Class<? extends Throwable> closeWhileHeld() throws Exception {
        return null;
    }

    @Test
    void closingTheClientWithdrawsWhatIsHeld() throws Exception {
        CompletableFuture<Answer> future = start(get("/held"));
        Approver.Case held = Governed.APPROVER.next();
        Class<? extends Throwable> own = closeWhileHeld();
        if (own == null) {
            future.cancel(true);
        }
        assumeThat(own).isNotNull();
        assertThat(Governed.APPROVER.withdrawn()).isEqualTo(held.ticket().id());
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
                .satisfies(failure -> assertThat(failure instanceof ExecutionException ? failure.getCause() : failure)
                        .isInstanceOf(own));
        assertThat(server.seen()).isEmpty();
    }

    /** Against the same work without held calls: as much of it is done, at the same time, by no more threads. */
    @Test
    void fiveHundredHeldRequestsLeaveTheClientFreeForOthers() throws Exception {
        serve();
        int threads = serve();
        List<CompletableFuture<Answer>> held = IntStream.range(0, 500)
                .mapToObj(i -> start(get("/held?n=" + i)))
                .toList();

        assertThat(serve()).isLessThan(threads + 10);

        assertThat(held).noneMatch(CompletableFuture::isDone);
        held.forEach(f -> f.cancel(true));
        assertThat(server.seen()).hasSize(3 * SERVED).containsOnly("GET /open");
    }

    /** For PERFORMANCE.md: {@code -Dtest='JdkHttpTest#figures*,…' -Dsallyport.heldCalls=true}. */
    @Test
    @Timeout(600)
    @EnabledIfSystemProperty(named = "sallyport.heldCalls", matches = "true")
    void figuresOfCallsBesideHeldOnes() throws Exception {
        new HeldCallsFigures(path -> start(get(path))).print(getClass().getSimpleName());
    }

    private static final int SERVED = 200;

    /**
     * Makes calls, {@value #AT_ONCE} at a time, that all have to be answered.
     *
     * @return the threads of this process meanwhile, but for those of the server and of the way to it
     */
    private int serve() throws Exception {
        int threads = 0;
        for (int i = 0; i < SERVED; i += AT_ONCE) {
            List<CompletableFuture<Answer>> calls = IntStream.range(0, AT_ONCE)
                    .mapToObj(n -> start(get("/open")))
                    .toList();
            threads = Math.max(threads, threadsOfTheClient());
            for (CompletableFuture<Answer> call : calls) {
                assertThat(call.get(10, TimeUnit.SECONDS).text()).isEqualTo(Server.BODY);
            }
        }
        return threads;
    }

    private static final int AT_ONCE = 40;

    private static int threadsOfTheClient() {
        Thread[] threads = new Thread[2000];
        int n = Thread.enumerate(threads);
        return (int) Arrays.stream(threads, 0, n)
                .filter(thread -> !thread.getName().startsWith(Server.THREADS)
                        && !thread.getName().startsWith(WatchedWire.THREADS))
                .count();
    }
}
