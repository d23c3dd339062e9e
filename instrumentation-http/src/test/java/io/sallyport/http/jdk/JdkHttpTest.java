package io.sallyport.http.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.verdict.StandardGate;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.WeaveInstaller;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JdkHttpTest {

    private static final AtomicInteger HITS = new AtomicInteger();
    private static final Desk DESK = new Desk();
    private static HttpServer server;
    private static HttpClient client;

    /** An approver who answers when the test says so. */
    private static final class Desk implements ApprovalDesk {
        record Case(Ticket ticket, Consumer<Outcome> listener) {}

        final BlockingQueue<Case> cases = new LinkedBlockingQueue<>();
        final BlockingQueue<String> withdrawn = new LinkedBlockingQueue<>();

        @Override
        public void submit(Ticket ticket, Consumer<Outcome> listener) {
            cases.add(new Case(ticket, listener));
        }

        @Override
        public void update(Ticket ticket) {}

        @Override
        public void withdraw(String ticketId, String why) {
            withdrawn.add(ticketId);
        }
    }

    @BeforeAll
    static void weave() throws Exception {
        WeaveInstaller installer = new WeaveInstaller(ByteBuddyAgent.install());
        ScriptedPolicy policy = new ScriptedPolicy();
        StandardGate gate = new StandardGate(
                () -> policy,
                () -> Identity.unverified("test"),
                new HoldRoom(DESK, target -> 1000, Clock.systemUTC()),
                EventSink.NOWHERE,
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString());
        installer.install(new AgentContext(gate, null, installer.coverage(), true), List.of(new JdkHttpModule()));
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
        server.createContext("/", exchange -> {
            HITS.incrementAndGet();
            if (exchange.getRequestURI().getPath().equals("/redirect")) {
                exchange.getResponseHeaders().add("Location", "/denied");
                exchange.sendResponseHeaders(302, -1);
            } else {
                byte[] body = "secret 42".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @BeforeEach
    void forget() {
        HITS.set(0);
        DESK.cases.clear();
        DESK.withdrawn.clear();
    }

    private static HttpRequest get(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .build();
    }

    @Test
    void anAdmittedRequestBehavesAsWithoutTheAgent() throws Exception {
        assertThat(client.send(get("/open"), BodyHandlers.ofString()).body()).isEqualTo("secret 42");
        assertThat(client.sendAsync(get("/open"), BodyHandlers.ofString()).get().body())
                .isEqualTo("secret 42");
    }

    @Test
    void aRefusedRequestThrowsAnIoExceptionAndNeverLeaves() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> client.send(get("/denied"), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("this path is closed")
                    .hasMessageContaining("no-denied");
        }
        assertThat(HITS).hasValue(0);
    }

    @Test
    void aRefusedAsyncRequestFailsItsFutureAndNeverThrows() {
        CompletableFuture<HttpResponse<String>> future = client.sendAsync(get("/denied"), BodyHandlers.ofString());
        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-denied");
        assertThat(HITS).hasValue(0);
    }

    @Test
    void aSpellingOfThePathDoesNotEvadeTheRule() {
        assertThatThrownBy(() -> client.send(get("/x/..//%64enied;a=b"), BodyHandlers.ofString()))
                .hasMessageContaining("no-denied");
        assertThat(HITS).hasValue(0);
    }

    @Test
    void aRedirectIsDecidedAgain() {
        assertThatThrownBy(() -> client.send(get("/redirect"), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-denied");
        assertThat(HITS).hasValue(1);
    }

    @Test
    void plainTextIsRefusedWhereThePolicyDemandsTls() {
        assertThatThrownBy(() -> client.send(get("/secure"), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(HITS).hasValue(0);
    }

    @Test
    void bodiesAreMaskedAsTheyStreamBack() throws Exception {
        assertThat(client.send(get("/masked"), BodyHandlers.ofString()).body()).isEqualTo("XXXXXX 42.");
        assertThat(client.sendAsync(get("/masked"), BodyHandlers.ofByteArray())
                        .get()
                        .body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("XXXXXX 42.");
        try (var in = client.send(get("/masked"), BodyHandlers.ofInputStream()).body()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("XXXXXX 42.");
        }
        assertThat(client.send(get("/masked"), BodyHandlers.ofLines()).body()).containsExactly("XXXXXX 42.");
    }

    @Test
    void aHeldAsyncRequestReturnsAtOnceAndIsSentOnceAfterApproval() throws Exception {
        CompletableFuture<HttpResponse<String>> future = client.sendAsync(get("/held"), BodyHandlers.ofString());
        Desk.Case held = DESK.cases.poll(10, TimeUnit.SECONDS);
        assertThat(future).isNotDone();
        assertThat(HITS).hasValue(0);
        held.listener().accept(new Outcome.Approved(List.of("ann"), "fine", false));
        assertThat(future.get(10, TimeUnit.SECONDS).body()).isEqualTo("secret 42");
        assertThat(HITS).hasValue(1);
    }

    @Test
    void aHeldAsyncRequestThatIsRefusedFailsItsFuture() throws Exception {
        CompletableFuture<HttpResponse<String>> future = client.sendAsync(get("/held"), BodyHandlers.ofString());
        DESK.cases.poll(10, TimeUnit.SECONDS).listener().accept(new Outcome.Refused(List.of("ann"), "no"));
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS)).cause().isInstanceOf(IOException.class);
        assertThat(HITS).hasValue(0);
    }

    @Test
    void cancellingAHeldRequestWithdrawsItsTicket() throws Exception {
        CompletableFuture<HttpResponse<String>> future = client.sendAsync(get("/held"), BodyHandlers.ofString());
        Desk.Case held = DESK.cases.poll(10, TimeUnit.SECONDS);
        assertThat(future.cancel(true)).isTrue();
        assertThat(DESK.withdrawn.poll(10, TimeUnit.SECONDS))
                .isEqualTo(held.ticket().id());
        held.listener().accept(new Outcome.Approved(List.of("ann"), "late", false));
        assertThat(HITS).hasValue(0);
    }

    @Test
    void aBlockingCallerParksUntilApproved() throws Exception {
        CompletableFuture<String> body = CompletableFuture.supplyAsync(() -> {
            try {
                return client.send(get("/held"), BodyHandlers.ofString()).body();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Desk.Case held = DESK.cases.poll(10, TimeUnit.SECONDS);
        assertThat(body).isNotDone();
        held.listener().accept(new Outcome.Approved(List.of("ann"), "fine", false));
        assertThat(body.get(10, TimeUnit.SECONDS)).isEqualTo("secret 42");
    }

    @Test
    void theCallersOwnTimeoutEndsAHold() {
        HttpRequest request = HttpRequest.newBuilder(get("/held"), (n, v) -> true)
                .timeout(Duration.ofMillis(200))
                .build();
        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                .isInstanceOf(java.net.http.HttpTimeoutException.class);
        assertThatThrownBy(
                        () -> client.sendAsync(request, BodyHandlers.ofString()).get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(java.net.http.HttpTimeoutException.class);
        assertThat(HITS).hasValue(0);
    }

    @Test
    void fiveHundredHeldRequestsLeaveTheClientFreeForOthers() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> held = IntStream.range(0, 500)
                .mapToObj(i -> client.sendAsync(get("/held?n=" + i), BodyHandlers.ofString()))
                .toList();
        assertThat(client.send(get("/open"), BodyHandlers.ofString()).body()).isEqualTo("secret 42");
        assertThat(held).noneMatch(CompletableFuture::isDone);
        held.forEach(f -> f.cancel(true));
        assertThat(HITS).hasValue(1);
    }
}
