package io.sallyport.http.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sallyport.core.record.Event;
import io.sallyport.http.contract.HttpClientContract.Answer;
import io.sallyport.http.contract.HttpClientContract.Request;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends again by itself is decided again, and sent under an approval only where it cannot be carried out twice. */
public abstract class RepetitionContract extends GovernedTest {

    protected static final String USER = "ada";
    protected static final String PASSWORD = "canary";

    /** Makes the call and reads the whole answer. Nothing is thrown for a status. */
    protected abstract Answer call(Request request) throws Exception;

    /** What a refusal looks like. */
    protected abstract Class<? extends Throwable> refusal();

    /** The call on a thread of its own. */
    protected abstract CompletableFuture<Answer> inBackground(Request request);

    /** Methods of the requests that the client sends again when the connection dies that they were sent by. */
    protected Set<String> sentAgain() {
        return Set.of();
    }

    /** Statuses of answers to which the client sends the request again by itself, after a while that they name. */
    protected Set<Integer> sentAgainAfter() {
        return Set.of();
    }

    /** The same as {@link #call} by a client that has {@link #USER} and {@link #PASSWORD} for who asks; {@code null} where there is none. */
    protected Answer callWithCredentials(Request request) throws Exception {
        return null;
    }

    private static Request request(FailingServer server, String method, String path) {
        return new Request(method, server.at(path), Map.of(), method.equals("POST") ? "a body" : "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void whatIsSentAgainSinceItsConnectionDiedCountsAgain(String method) throws Exception {
        Governed.limit(2);
        try (FailingServer server = new FailingServer(FailingServer.FINE, FailingServer.DIES)) {
            call(request(server, "GET", "/limited"));
            if (sentAgain().contains(method)) {
                assertThatThrownBy(() -> call(request(server, method, "/limited")))
                        .isInstanceOf(refusal())
                        .hasMessageContaining("no-more");
            } else {
                assertThatThrownBy(() -> call(request(server, method, "/limited")))
                        .hasMessageNotContaining("Sallyport");
            }
            assertThat(server.seen()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void whatIsSentAgainSinceItsConnectionDiedIsRecordedAgain(String method) throws Exception {
        assumeThat(sentAgain()).contains(method);
        try (FailingServer server = new FailingServer(FailingServer.FINE, FailingServer.DIES)) {
            call(request(server, "GET", "/open"));
            Governed.RECORDED.clear();
            assertThat(call(request(server, method, "/open")).text()).isEqualTo(Server.BODY);
            assertThat(server.seen()).hasSize(3);
            assertThat(Governed.RECORDED)
                    .filteredOn(event -> event.type() == Event.Type.DECISION)
                    .extracting(Event::call)
                    .doesNotHaveDuplicates()
                    .hasSize(2);
        }
    }

    @Test
    void whatPeopleApprovedIsSentOnceThoughItsConnectionDied() throws Exception {
        demandSentOnceThoughItsConnectionDied(this::inBackground);
    }

    /** @param start makes a call */
    protected final void demandSentOnceThoughItsConnectionDied(Function<Request, CompletableFuture<Answer>> start)
            throws Exception {
        try (FailingServer server = new FailingServer(FailingServer.FINE, FailingServer.DIES)) {
            start.apply(request(server, "GET", "/open")).get(10, TimeUnit.SECONDS);
            CompletableFuture<Answer> answer = start.apply(request(server, "POST", "/held"));
            Governed.APPROVER.next().approve();
            Approver.Case again = Governed.APPROVER.nextUnless(answer);
            assertThat(server.seen()).containsExactly("GET /open", "POST /held a body");
            if (again != null) {
                again.approve();
                assertThat(answer.get(10, TimeUnit.SECONDS).text()).isEqualTo(Server.BODY);
                assertThat(server.seen()).containsExactly("GET /open", "POST /held a body", "POST /held a body");
            } else if (sentAgain().contains("POST")) {
                assertThat(answer).isCompletedExceptionally();
                assertThatThrownBy(answer::get).hasStackTraceContaining("Refused by Sallyport");
            }
        }
    }

    @Test
    void whatPeopleApprovedAndChangesNothingIsSentAgainWhenItsConnectionDied() throws Exception {
        assumeThat(sentAgain()).contains("GET");
        try (FailingServer server = new FailingServer(FailingServer.FINE, FailingServer.DIES)) {
            call(request(server, "GET", "/open"));
            CompletableFuture<Answer> answer = inBackground(request(server, "GET", "/held"));
            Governed.APPROVER.next().approve();
            assertThat(answer.get(10, TimeUnit.SECONDS).text()).isEqualTo(Server.BODY);
            assertThat(server.seen()).containsExactly("GET /open", "GET /held", "GET /held");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 421, 425, 429, 503})
    void whatIsSentAgainForItsAnswerCountsAgain(int status) throws Exception {
        Governed.limit(1);
        try (FailingServer server = new FailingServer(later(status))) {
            if (sentAgainAfter().contains(status)) {
                assertThatThrownBy(() -> call(request(server, "GET", "/limited")))
                        .isInstanceOf(refusal())
                        .hasMessageContaining("no-more");
            } else {
                assertThat(call(request(server, "GET", "/limited")).status()).isEqualTo(status);
            }
            assertThat(server.seen()).hasSize(1);
        }
    }

    /** The server says that it did nothing. */
    @ParameterizedTest
    @ValueSource(ints = {408, 503})
    void whatPeopleApprovedIsSentAgainWhenItWasNotCarriedOut(int status) throws Exception {
        assumeThat(sentAgainAfter()).contains(status);
        try (FailingServer server = new FailingServer(later(status))) {
            CompletableFuture<Answer> answer = inBackground(request(server, "GET", "/held"));
            Governed.APPROVER.next().approve();
            assertThat(answer.get(10, TimeUnit.SECONDS).text()).isEqualTo(Server.BODY);
            assertThat(server.seen()).hasSize(2);
        }
    }

    private static String later(int status) {
        return FailingServer.answer(status + " Later", "Retry-After: 0\r\n", "later");
    }

    @Test
    void credentialsThatTheClientAddsAreSeenByRules() throws Exception {
        try (FailingServer server = new FailingServer(FailingServer.FINE, FailingServer.CHALLENGE)) {
            assumeThat(callWithCredentials(request(server, "GET", "/open"))).isNotNull();
            assertThatThrownBy(() -> callWithCredentials(request(server, "GET", "/no-credentials")))
                    .isInstanceOf(refusal())
                    .hasMessageContaining("no-denied");
            assertThat(server.seen()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void whatIsSentAgainWithCredentialsCountsAgain() throws Exception {
        Governed.limit(2);
        try (FailingServer server = new FailingServer(FailingServer.FINE, FailingServer.CHALLENGE)) {
            Answer first = callWithCredentials(request(server, "GET", "/limited"));
            assumeThat(first).isNotNull();
            assertThatThrownBy(() -> callWithCredentials(request(server, "GET", "/limited")))
                    .isInstanceOf(refusal())
                    .hasMessageContaining("no-more");
            assertThat(server.seen()).hasSize(2);
        }
    }

    @Test
    void whatPeopleApprovedIsSentAgainWithCredentials() throws Exception {
        try (FailingServer server = new FailingServer(FailingServer.FINE, FailingServer.CHALLENGE)) {
            assumeThat(callWithCredentials(request(server, "GET", "/open"))).isNotNull();
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    answer.complete(callWithCredentials(request(server, "POST", "/held")));
                } catch (Throwable t) {
                    answer.completeExceptionally(t);
                }
            });
            thread.setDaemon(true);
            thread.start();
            Governed.APPROVER.next().approve();
            assertThat(answer.get(10, TimeUnit.SECONDS).text()).isEqualTo(Server.BODY);
            assertThat(server.seen()).containsExactly("GET /open", "POST /held a body", "POST /held a body");
        }
    }
}
