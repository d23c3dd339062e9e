package io.sallyport.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.AsyncHttpClientContract;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.Proxy;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.InputStreamRequestContent;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JettyTest extends AsyncHttpClientContract {

    private final HttpClient client = new HttpClient();

    @BeforeEach
    void startClient() throws Exception {
        client.start();
    }

    @AfterEach
    void stopClient() throws Exception {
        client.stop();
    }

    private CompletableFuture<Answer> send(Request request, Duration limit) {
        org.eclipse.jetty.client.Request built =
                client.newRequest(request.uri()).method(request.method());
        request.headers().forEach((name, value) -> built.headers(fields -> fields.add(name, value)));
        if (!request.body().isEmpty()) {
            built.body(new StringRequestContent("text/plain", request.body()));
        }
        if (limit != null) {
            built.timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        built.send(new BufferingResponseListener() {
            @Override
            public void onComplete(Result result) {
                if (result.isFailed()) {
                    answer.completeExceptionally(result.getFailure());
                    return;
                }
                Map<String, List<String>> fields = new TreeMap<>();
                for (HttpField field : result.getResponse().getHeaders()) {
                    fields.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                            .add(field.getValue());
                }
                byte[] body = getContent() == null ? new byte[0] : getContent();
                Map<String, String> trailers = new TreeMap<>();
                if (result.getResponse().getTrailers() != null) {
                    for (HttpField field : result.getResponse().getTrailers()) {
                        trailers.put(field.getLowerCaseName(), field.getValue());
                    }
                }
                answer.complete(new Answer(result.getResponse().getStatus(), fields, body, trailers));
            }
        });
        answer.whenComplete((a, failure) -> {
            if (answer.isCancelled()) {
                built.abort(new InterruptedException("cancelled"));
            }
        });
        return answer;
    }

    @Override
    protected void connectForeign(InetSocketAddress place) throws Exception {
        Promise.Completable<org.eclipse.jetty.io.Connection> connected = new Promise.Completable<>();
        Map<String, Object> context = new ConcurrentHashMap<>();
        context.put(ClientConnector.CONNECTION_PROMISE_CONTEXT_KEY, connected);
        context.put(Transport.class.getName(), Transport.TCP_IP);
        context.put(ClientConnectionFactory.CONTEXT_KEY, (ClientConnectionFactory)
                (endPoint, c) -> new AbstractConnection(endPoint, Runnable::run) {
                    @Override
                    public void onOpen() {
                        connected.succeeded(this);
                    }

                    @Override
                    public void onFillable() {}
                });
        // Even that of an HTTP client.
        ((HttpClientTransportOverHTTP) client.getTransport())
                .getClientConnector()
                .connect(place, context);
        connected.get(10, TimeUnit.SECONDS).close();
    }

    @Test
    void whatAListenerMakesOfARequestIsDecided() {
        org.eclipse.jetty.client.Request begun = client.newRequest(server.at("/open"));
        begun.onRequestBegin(request -> request.path("/denied"));
        org.eclipse.jetty.client.Request headed = client.newRequest(server.at("/open"));
        headed.onRequestHeaders(request -> request.method("DELETE").path("/denied"));
        for (org.eclipse.jetty.client.Request changed : List.of(begun, headed)) {
            assertThatThrownBy(() -> changed.timeout(20, TimeUnit.SECONDS).send())
                    .hasMessageContaining("no-denied");
        }
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aLineBreakInThePathSmugglesNoOtherRequest() {
        for (String path : List.of("/open HTTP/1.1\r\nHost: x\r\n\r\nGET /denied", "/open?a=\nb")) {
            assertThatThrownBy(() -> client.newRequest(server.at("/open"))
                            .path(path)
                            .timeout(20, TimeUnit.SECONDS)
                            .send())
                    .hasMessageContaining("Refused by Sallyport");
        }
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void contentThatIsLongerThanItSaysSmugglesNoOtherRequest() {
        BytesRequestContent lying =
                new BytesRequestContent("GET /denied HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) {
                    @Override
                    public long getLength() {
                        return 0;
                    }
                };
        assertThatThrownBy(() -> client.POST(server.at("/open"))
                        .body(lying)
                        .timeout(20, TimeUnit.SECONDS)
                        .send())
                .hasMessageContaining("framing");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void whatAListenerMayMakeOfARequestIsSent() throws Exception {
        ContentResponse answer = client.newRequest(server.at("/open"))
                .onRequestBegin(request -> request.path("/masked"))
                .timeout(20, TimeUnit.SECONDS)
                .send();
        assertThat(answer.getContentAsString()).isEqualTo(MASKED);
        assertThat(server.seen()).containsExactly("GET /masked");
    }

    @Override
    protected Answer callWithStoredCookie(String name, Request request) throws Exception {
        client.getHttpCookieStore().clear();
        client.getHttpCookieStore()
                .add(request.uri(), HttpCookie.from(name, "1", Map.of(HttpCookie.PATH_ATTRIBUTE, "/")));
        return call(request);
    }

    @Override
    protected Class<? extends Throwable> closeWhileHeld() throws Exception {
        client.stop();
        return AsynchronousCloseException.class;
    }

    @Override
    protected CompletableFuture<Answer> start(Request request) {
        return send(request, null);
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return call(request, null);
    }

    @Override
    protected Answer call(Request request, Duration limit) throws Exception {
        try {
            return send(request, limit).get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @Override
    protected Answer callWithCredentials(Request request) throws Exception {
        client.getAuthenticationStore().addAuthentication(new BasicAuthentication(request.uri(), "x", USER, PASSWORD));
        return call(request);
    }

    @Override
    protected Answer callAt(String place, String pathAndQuery) throws Exception {
        try {
            ContentResponse answer = client.newRequest(place + "/")
                    .path(pathAndQuery)
                    .timeout(20, TimeUnit.SECONDS)
                    .send();
            return new Answer(answer.getStatus(), Map.of(), answer.getContent());
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @Override
    protected Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        client.getProxyConfiguration().addProxy(new HttpProxy(proxy.getHostString(), proxy.getPort()));
        return call(request);
    }

    @Override
    protected Class<? extends Throwable> timeout() {
        return TimeoutException.class;
    }

    @Override
    protected boolean decodes() {
        return true;
    }

    private String overItsOwnConnection(org.eclipse.jetty.client.Request request) throws Exception {
        Promise.Completable<Connection> connected = new Promise.Completable<>();
        client.resolveDestination(request).newConnection(connected);
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (Connection connection = connected.get(10, TimeUnit.SECONDS)) {
            connection.send(request, new BufferingResponseListener() {
                @Override
                public void onComplete(Result result) {
                    if (result.isFailed()) {
                        answer.completeExceptionally(result.getFailure());
                    } else {
                        answer.complete(getContentAsString());
                    }
                }
            });
            return answer.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aConnectionThatTheApplicationHoldsIsGovernedToo() throws Exception {
        assertThat(overItsOwnConnection(client.newRequest(server.at("/masked"))))
                .isEqualTo(MASKED);
        assertThatThrownBy(() -> overItsOwnConnection(client.newRequest(server.at("/denied"))))
                .cause()
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /masked");
    }

    @Test
    void aTunnelThatTheApplicationAsksForIsDecided() throws Exception {
        try (Proxy proxy = new Proxy()) {
            assertThat(overItsOwnConnection(tunnel(proxy, "users.example:80"))).isEmpty();
            assertThatThrownBy(() -> overItsOwnConnection(tunnel(proxy, "denied.example:80")))
                    .cause()
                    .isInstanceOf(refusal())
                    .hasMessageContaining("no-denied");
            assertThat(proxy.seen()).containsExactly("CONNECT users.example:80 HTTP/1.1");
        }
    }

    private org.eclipse.jetty.client.Request tunnel(Proxy proxy, String target) {
        return client.newRequest(
                        proxy.address().getHostString(), proxy.address().getPort())
                .method("CONNECT")
                .path(target)
                .headers(fields -> fields.put("Host", target));
    }

    @ParameterizedTest
    @CsvSource({"a body,200", "a secret,0"})
    void aBodyThatComesInPiecesIsReadBeforeItIsSent(String text, int status) throws Exception {
        AsyncRequestContent content = new AsyncRequestContent("text/plain");
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        client.newRequest(server.at("/body?echo")).method("POST").body(content).send(new BufferingResponseListener() {
            @Override
            public void onComplete(Result result) {
                if (result.isFailed()) {
                    answer.completeExceptionally(result.getFailure());
                } else {
                    answer.complete(new Answer(result.getResponse().getStatus(), Map.of(), getContent()));
                }
            }
        });
        for (String piece : text.split("(?<= )")) {
            assertThat(server.seen()).isEmpty();
            content.write(ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)), Callback.NOOP);
        }
        content.close();
        if (status == 0) {
            assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasMessageContaining("no-denied");
            assertThat(server.seen()).isEmpty();
        } else {
            assertThat(answer.get(10, TimeUnit.SECONDS).text()).isEqualTo(text);
            assertThat(server.seen()).containsExactly("POST /body?echo");
        }
    }

    @Test
    void aLongBodyOfUnknownLengthThatNoRuleForbidsArrivesWhole() throws Exception {
        byte[] large = "x".repeat(3 << 20).getBytes(StandardCharsets.UTF_8);
        CompletableFuture<Integer> length = new CompletableFuture<>();
        client.newRequest(server.at("/held-body?echo"))
                .method("POST")
                .body(new InputStreamRequestContent(new ByteArrayInputStream(large)))
                .send(new BufferingResponseListener(8 << 20) {
                    @Override
                    public void onComplete(Result result) {
                        length.complete(result.isFailed() ? -1 : getContent().length);
                    }
                });
        Governed.APPROVER.next().approve();
        assertThat(length.get(10, TimeUnit.SECONDS)).isEqualTo(large.length);
    }
}
