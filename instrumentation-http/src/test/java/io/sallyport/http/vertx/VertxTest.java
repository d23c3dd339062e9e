package io.sallyport.http.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.http.contract.Approver;
import io.sallyport.http.contract.AsyncHttpClientContract;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.Server;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ProxyOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VertxTest extends AsyncHttpClientContract {

    private static Vertx vertx;

    private final HttpClientAgent client;

    VertxTest() {
        Governed.start();
        if (vertx == null) {
            vertx = Vertx.vertx();
        }
        client = vertx.createHttpClient(new HttpClientOptions().setDecompressionSupported(true));
    }

    @AfterAll
    static void stop() {
        vertx.close();
        vertx = null;
    }

    private CompletableFuture<Answer> send(Request request, Duration limit) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setAbsoluteURI(request.uri().toString())
                .setFollowRedirects(true);
        request.headers().forEach(options::putHeader);
        if (limit != null) {
            options.setTimeout(limit.toMillis());
        }
        return client.request(options)
                .compose(sent -> answer(request.body().isEmpty() ? sent.send() : sent.send(request.body())))
                .toCompletionStage()
                .toCompletableFuture();
    }

    @Override
    protected Answer callWithLateFields(Request request) throws Exception {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setAbsoluteURI(request.uri().toString());
        return join(client.request(options)
                .compose(sent -> {
                    request.headers().forEach(sent::putHeader);
                    return answer(sent.send(request.body()));
                })
                .toCompletionStage()
                .toCompletableFuture());
    }

    /**
     * Asked for where the answer arrives, in a callback of the request: of one that arrives before its body is asked for, Vert.x drops the body,
     * with and without the agent, and who asks then waits for ever.
     */
    private static Future<Answer> answer(Future<HttpClientResponse> arriving) {
        return arriving.compose(response -> response.body().map(body -> answer(response, body)));
    }

    private static Future<String> text(HttpClientRequest request) {
        return answer(request.send()).map(Answer::text);
    }

    private static Answer answer(HttpClientResponse response, Buffer body) {
        Map<String, String> trailers = new TreeMap<>();
        response.trailers().forEach((name, value) -> trailers.put(name.toLowerCase(Locale.ROOT), value));
        Map<String, List<String>> fields = new TreeMap<>();
        response.headers()
                .forEach((name, value) ->
                        fields.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
        return new Answer(response.statusCode(), fields, body.getBytes(), trailers);
    }

    /** A future of Vert.x cannot be cancelled: who gives up closes the client. */
    @Override
    protected CompletableFuture<Answer> start(Request request) {
        CompletableFuture<Answer> answer = send(request, null);
        answer.whenComplete((a, failure) -> {
            if (answer.isCancelled()) {
                client.close();
            }
        });
        return answer;
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return join(send(request, null));
    }

    @Override
    protected Answer call(Request request, Duration limit) throws Exception {
        return join(send(request, limit));
    }

    private static <T> T join(CompletableFuture<T> answer) throws Exception {
        try {
            return answer.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    private static <T> T join(Future<T> answer) throws Exception {
        return join(answer.toCompletionStage().toCompletableFuture());
    }

    @Override
    protected Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(request.uri().toString())
                .setProxyOptions(
                        new ProxyOptions().setHost(proxy.getHostString()).setPort(proxy.getPort()));
        return join(client.request(options)
                .compose(sent -> answer(sent.send())));
    }

    @Override
    protected Class<? extends Throwable> timeout() {
        return TimeoutException.class;
    }

    @Override
    protected boolean decodes() {
        return true;
    }

    @Test
    void whatIsSetOnARequestAfterItsConnectionIsThereDoesNotEvadeARule() {
        String host = server.plain("/").getHost();
        int port = server.plain("/").getPort();
        assertThatThrownBy(() -> join(client.request(HttpMethod.GET, port, host, "/open")
                        .compose(request -> request.setURI("/denied").send())))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThatThrownBy(() -> join(client.request(HttpMethod.GET, port, host, "/open")
                        .compose(
                                request -> request.putHeader("X-Forbidden", "1").send())))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aConnectionThatTheApplicationHoldsIsGovernedToo() throws Exception {
        HttpConnectOptions place = new HttpConnectOptions()
                .setHost(server.at("/").getHost())
                .setPort(server.at("/").getPort())
                .setSsl(true)
                .setSslOptions(new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS"));
        Future<String> masked = client.connect(place)
                .compose(connection -> connection.request(new RequestOptions().setURI("/masked")))
                .compose(VertxTest::text);
        assertThat(join(masked)).isEqualTo(MASKED);
        assertThatThrownBy(() -> join(client.connect(place)
                        .compose(connection -> connection.request(new RequestOptions().setURI("/denied")))
                        .compose(request -> request.send())))
                .isInstanceOf(refusal());
        assertThat(server.seen()).containsExactly("GET /masked");
    }

    @Test
    void aConnectionToHoldIsRefusedWhereThePolicyDemandsTlsAndTheConnectionHasNone() {
        int port = server.plain("/").getPort();
        Governed.demandTls(port, new TlsRequirement(TlsRequirement.Level.REQUIRE, "TLSv1.2", List.of(), Set.of()));
        try {
            assertThatThrownBy(() -> join(client.connect(new HttpConnectOptions()
                            .setHost("127.0.0.1")
                            .setPort(port)
                            .setSsl(false))))
                    .isInstanceOf(refusal())
                    .hasMessageContaining("not encrypted");
        } finally {
            Governed.demandNoTls(port);
        }
    }

    @ParameterizedTest
    @CsvSource({"/denied,no-denied", "/masked,messages of a WebSocket are not masked", "/secure,not encrypted"})
    void theHandshakeOfAWebSocketIsDecided(String path, String why) {
        URI there = webSocket(path);
        WebSocketConnectOptions denied = new WebSocketConnectOptions()
                .setHost(there.getHost())
                .setPort(there.getPort())
                .setSsl(there.getScheme().equals("https"))
                .setURI(path);
        assertThatThrownBy(() -> join(vertx.createWebSocketClient().connect(denied)))
                .isInstanceOf(refusal())
                .hasMessageContaining(why);
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void answersOfPipelinedRequestsAreMaskedEachForItself() throws Exception {
        HttpClientAgent pipelining = vertx.createHttpClient(
                new HttpClientOptions().setPipelining(true), new PoolOptions().setHttp1MaxSize(1));
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String path = i % 2 == 0 ? "/masked" : "/open";
            answers.add(pipelining
                    .request(new RequestOptions().setAbsoluteURI(server.at(path).toString()))
                    .compose(VertxTest::text));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(join(answers.get(i))).isEqualTo(i % 2 == 0 ? MASKED : Server.BODY);
        }
    }

    private Future<HttpClientRequest> post(String path) {
        return client.request(new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(server.at(path).toString()));
    }

    private static Future<Answer> answer(HttpClientRequest request) {
        return answer(request.response());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a body", "a secret"})
    void aBodyThatComesInPiecesIsReadBeforeItIsSent(String text) throws Exception {
        HttpClientRequest request = join(post("/body?echo"));
        Future<Answer> answer = answer(request);
        request.setChunked(true);
        join(request.write(text.substring(0, 3)));
        assertThat(server.seen()).isEmpty();
        request.end(text.substring(3));
        if (text.contains("secret")) {
            assertThatThrownBy(() -> join(answer)).hasMessageContaining("no-denied");
            assertThat(server.seen()).isEmpty();
        } else {
            assertThat(join(answer).text()).isEqualTo(text);
            assertThat(server.seen()).containsExactly("POST /body?echo");
        }
    }

    @Test
    void aLongBodyThatNoRuleForbidsArrivesWhole() throws Exception {
        byte[] large = new byte[3 << 20];
        HttpClientRequest request = join(post("/held-body?echo"));
        Future<Answer> answer = answer(request);
        request.end(Buffer.buffer(large));
        Governed.APPROVER.next().approve();
        assertThat(join(answer).body()).hasSize(large.length);
    }

    @Test
    void whatChangesWhileABodyIsHeldIsDecidedAnew() throws Exception {
        HttpClientRequest request = join(post("/held-body?echo"));
        Future<Answer> answer = answer(request);
        request.end("a body");
        Approver.Case held = Governed.APPROVER.next();
        request.putHeader("X-Forbidden", "1");
        held.approve();
        assertThatThrownBy(() -> join(answer)).hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }
}
