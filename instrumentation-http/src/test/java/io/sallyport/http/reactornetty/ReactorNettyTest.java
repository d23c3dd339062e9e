package io.sallyport.http.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.timeout.ReadTimeoutException;
import io.sallyport.http.contract.AsyncHttpClientContract;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.RewritingHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.ByteBufFlux;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.tcp.TcpClient;
import reactor.netty.transport.ProxyProvider;

class ReactorNettyTest extends AsyncHttpClientContract {

    private final HttpClient client = HttpClient.create().followRedirect(true);

    private static Mono<Answer> exchange(HttpClient by, Request request) {
        return by.headers(fields -> request.headers().forEach(fields::add))
                .request(HttpMethod.valueOf(request.method()))
                .uri(request.uri())
                .send(ByteBufMono.fromString(
                        request.body().isEmpty() ? Mono.<String>empty() : Mono.just(request.body())))
                .responseSingle((response, body) -> body.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .flatMap(
                                bytes -> response.trailerHeaders().map(trailers -> answer(response, bytes, trailers))));
    }

    @Test
    void whatAHandlerOfTheConnectionMakesOfARequestThatWasDecidedIsNotSent() throws Exception {
        HttpClient by = client.doOnConnected(connection -> connection.addHandlerLast(new RewritingHandler()));
        assertThatThrownBy(() -> join(exchange(by, get("/open")).toFuture()))
                .hasStackTraceContaining("Refused by Sallyport");
        assertThat(server.seen()).isEmpty();
        HttpClient alike = client.doOnConnected(connection -> connection.addHandlerLast(new ObservingHandler()));
        assertThat(join(exchange(alike, request("POST", "/open?echo", "a body")).toFuture())
                        .text())
                .isEqualTo("a body");
    }

    /** Changes nothing. */
    private static final class ObservingHandler extends ChannelOutboundHandlerAdapter {}

    @Override
    protected Answer callWithLateFields(Request request) throws Exception {
        return join(client.request(HttpMethod.valueOf(request.method()))
                .uri(request.uri())
                .send((sent, outbound) -> {
                    request.headers().forEach(sent::header);
                    return outbound.sendString(Mono.just(request.body()));
                })
                .responseSingle((response, body) -> body.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .map(bytes -> new Answer(response.status().code(), Map.of(), bytes)))
                .toFuture());
    }

    @Override
    protected Answer callWithStoredCookie(String name, Request request) throws Exception {
        return join(
                exchange(client.cookie(new DefaultCookie(name, "1")), request).toFuture());
    }

    private static Answer answer(HttpClientResponse response, byte[] body, HttpHeaders trailers) {
        Map<String, String> behind = new TreeMap<>();
        trailers.forEach(e -> behind.put(e.getKey().toLowerCase(Locale.ROOT), e.getValue()));
        Map<String, List<String>> fields = new TreeMap<>();
        response.responseHeaders()
                .forEach(e -> fields.computeIfAbsent(e.getKey(), name -> new ArrayList<>())
                        .add(e.getValue()));
        return new Answer(response.status().code(), fields, body, behind);
    }

    @Override
    protected void connectForeign(InetSocketAddress place) {
        TcpClient.create().remoteAddress(() -> place).connectNow().disposeNow();
    }

    @Override
    protected CompletableFuture<Answer> start(Request request) {
        return exchange(client, request).toFuture();
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return join(start(request));
    }

    @Override
    protected Answer call(Request request, Duration limit) throws Exception {
        return join(exchange(client.responseTimeout(limit), request).toFuture());
    }

    private static Answer join(CompletableFuture<Answer> answer) throws Exception {
        try {
            return answer.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @Override
    protected boolean tunnels() {
        return true;
    }

    @Override
    protected Answer callAt(String place, String pathAndQuery) throws Exception {
        return join(client.get()
                .uri(place + pathAndQuery)
                .responseSingle((response, body) -> body.asByteArray()
                        .map(bytes -> new Answer(response.status().code(), Map.of(), bytes)))
                .toFuture());
    }

    @Override
    protected Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        HttpClient by = client.proxy(spec -> spec.type(ProxyProvider.Proxy.HTTP).socketAddress(proxy));
        return join(exchange(by, request).toFuture());
    }

    @Override
    protected Class<? extends Throwable> timeout() {
        return ReadTimeoutException.class;
    }

    /** As Spring's WebClient does it. */
    private CompletableFuture<String> withLateField(String path, String name) {
        return client.post()
                .uri(server.at(path))
                .send((request, outbound) -> {
                    request.header(name, "1");
                    return outbound.sendString(Mono.just("a body"));
                })
                .responseContent()
                .aggregate()
                .asString()
                .toFuture();
    }

    @Test
    void anApprovalStandsForARequestWhoseHeaderFieldsAreSetLate() throws Exception {
        CompletableFuture<String> answer = withLateField("/held?echo", "X-Late");
        Governed.APPROVER.next().approve();
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("a body");
        assertThat(server.seen()).containsExactly("POST /held?echo");
    }

    @Test
    void aHeaderFieldThatIsSetLateDoesNotEvadeARule() {
        assertThatThrownBy(() -> withLateField("/open", "X-Forbidden").get(10, TimeUnit.SECONDS))
                .hasStackTraceContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/denied,no-denied", "/masked,messages of a WebSocket are not masked", "/secure,not encrypted"})
    void theHandshakeOfAWebSocketIsDecided(String path, String why) {
        CompletableFuture<String> first = client.websocket()
                .uri(webSocket(path).toString().replaceFirst("^http", "ws"))
                .handle((in, out) -> in.receive().asString())
                .next()
                .toFuture();
        assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(refusal())
                .hasMessageContaining(why);
        assertThat(server.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a body", "a secret"})
    void aBodyThatComesInPiecesIsReadBeforeItIsSent(String text) throws Exception {
        Sinks.Many<String> pieces = Sinks.many().unicast().onBackpressureBuffer();
        CompletableFuture<String> answer = client.post()
                .uri(server.at("/body?echo"))
                .send(ByteBufFlux.fromString(pieces.asFlux()))
                .responseContent()
                .aggregate()
                .asString()
                .toFuture();
        pieces.tryEmitNext(text.substring(0, 3));
        assertThat(server.seen()).isEmpty();
        pieces.tryEmitNext(text.substring(3));
        pieces.tryEmitComplete();
        if (text.contains("secret")) {
            assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasStackTraceContaining("no-denied");
            assertThat(server.seen()).isEmpty();
        } else {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(text);
            assertThat(server.seen()).containsExactly("POST /body?echo");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 60})
    void aBodyThatComesInPiecesAndHasAnotherLengthThanItsHeadSaysSmugglesNoOtherRequest(int stated) {
        CompletableFuture<HttpClientResponse> answer = client.headers(fields -> fields.set("Content-Length", stated))
                .post()
                .uri(server.at("/open"))
                .send(ByteBufFlux.fromString(Flux.just("a body", "GET /denied HTTP/1.1\r\nHost: x\r\n\r\n")))
                .response()
                .toFuture();
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasStackTraceContaining("framing");
        assertThat(server.seen()).doesNotContain("GET /denied");
    }

    @Test
    void aLongBodyThatNoRuleForbidsArrivesWhole() throws Exception {
        String piece = "x".repeat(1 << 16);
        CompletableFuture<byte[]> answer = client.post()
                .uri(server.at("/held-body?echo"))
                .send(ByteBufFlux.fromString(Flux.range(0, 48).map(i -> piece)))
                .responseContent()
                .aggregate()
                .asByteArray()
                .toFuture();
        Governed.APPROVER.next().approve();
        assertThat(answer.get(10, TimeUnit.SECONDS)).hasSize(48 << 16);
    }
}
