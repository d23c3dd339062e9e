package io.sallyport.http.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client must do, in addition, whose callers do not wait: futures, callbacks, publishers. */
public abstract class AsyncHttpClientContract extends HttpClientContract {

    /** Starts the call; the future tells what the client's own future, callback or publisher told. Cancelling it cancels the call. */
    protected abstract CompletableFuture<Answer> start(Request request);

    @Test
    void anAdmittedAsyncRequestBehavesAsWithoutTheAgent() throws Exception {
        assertThat(start(get("/open")).get(10, TimeUnit.SECONDS).text()).isEqualTo(Server.BODY);
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

    @Test
    void fiveHundredHeldRequestsLeaveTheClientFreeForOthers() throws Exception {
        List<CompletableFuture<Answer>> held = IntStream.range(0, 500)
                .mapToObj(i -> start(get("/held?n=" + i)))
                .toList();
        assertThat(start(get("/open")).get(10, TimeUnit.SECONDS).text()).isEqualTo(Server.BODY);
        assertThat(held).noneMatch(CompletableFuture::isDone);
        held.forEach(f -> f.cancel(true));
        assertThat(server.seen()).containsExactly("GET /open");
    }
}
