package io.sallyport.http.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.Governed;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** Requests over a Unix domain socket: there is no address in them, and the client's handler knows their path only by itself. */
class ReactorNettyLocalTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private DisposableServer server;
    private HttpClient client;

    @BeforeAll
    static void govern() {
        Governed.start();
    }

    @BeforeEach
    void listen(@TempDir Path directory) {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        server = HttpServer.create()
                .bindAddress(() -> address)
                .handle((request, response) -> {
                    seen.add(request.method() + " " + request.uri());
                    String to = request.requestHeaders().get("X-To");
                    return to == null ? response.sendString(Mono.just("served")) : response.sendRedirect(to);
                })
                .bindNow();
        client = HttpClient.create().remoteAddress(() -> address).followRedirect(true);
    }

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    private Mono<String> get(HttpClient by, String uri) {
        return by.get().uri(uri).responseContent().aggregate().asString();
    }

    @Test
    void aRequestIsServed() {
        assertThat(get(client, "/open?a=b").block(LIMIT)).isEqualTo("served");
        assertThat(seen).containsExactly("GET /open?a=b");
    }

    @Test
    void anAnswerIsMasked() {
        assertThat(get(client, "/masked").block(LIMIT)).isEqualTo("XXXXXX.");
    }

    @ParameterizedTest
    @CsvSource({",/denied", "/denied/,/x", "/denied,/x?y=z"})
    void theWholePathIsDecided(String base, String uri) {
        HttpClient by = base == null ? client : client.baseUrl(base);
        assertThatThrownBy(() -> get(by, uri).block(LIMIT)).hasStackTraceContaining("no-denied");
        assertThat(seen).isEmpty();
    }

    @Test
    void whereAnAnswerLeadsToIsDecided() {
        HttpClient to = client.headers(fields -> fields.set("X-To", "/denied"));
        assertThatThrownBy(() -> get(to, "/open").block(LIMIT)).hasStackTraceContaining("no-denied");
        assertThat(seen).containsExactly("GET /open");
    }

    @Test
    void aRequestWaitsForApproval() throws Exception {
        CompletableFuture<String> answer = get(client, "/held").toFuture();
        Governed.APPROVER.next().approve();
        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("served");
    }

    @Test
    void theHandshakeOfAWebSocketIsDecided() {
        CompletableFuture<String> first = client.websocket()
                .uri("/denied")
                .handle((in, out) -> in.receive().asString())
                .next()
                .toFuture();
        assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS)).hasStackTraceContaining("no-denied");
        assertThat(seen).isEmpty();
    }
}
