package io.sallyport.http.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.Approver;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.HttpClientContract;
import io.sallyport.http.contract.WireServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Apache5ClassicTest extends HttpClientContract {

    private final CloseableHttpClient client = HttpClients.createDefault();

    private static HttpUriRequestBase request(Request request) {
        HttpUriRequestBase built = new HttpUriRequestBase(request.method(), request.uri());
        request.headers().forEach(built::addHeader);
        if (!request.body().isEmpty()) {
            built.setEntity(new StringEntity(request.body()));
        }
        return built;
    }

    static Answer call(HttpClient by, HttpUriRequestBase request) throws IOException {
        return by.execute(request, response -> {
            byte[] body = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
            return new Answer(response.getCode(), Fields.of(response), body, Fields.trailers(response.getEntity()));
        });
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return call(client, request(request));
    }

    @Override
    protected Answer callWithLateFields(Request request) throws Exception {
        Request bare = new Request(request.method(), request.uri(), Map.of(), request.body());
        try (CloseableHttpClient by = HttpClients.custom()
                .addRequestInterceptorLast(
                        (sent, entity, context) -> request.headers().forEach(sent::setHeader))
                .build()) {
            return call(by, request(bare));
        }
    }

    @Override
    protected Answer callWithStoredCookie(String name, Request request) throws Exception {
        try (CloseableHttpClient by = HttpClients.custom()
                .setDefaultCookieStore(stored(name, request))
                .build()) {
            return call(by, request(request));
        }
    }

    static BasicCookieStore stored(String name, Request request) {
        BasicClientCookie stored = new BasicClientCookie(name, "1");
        stored.setDomain(request.uri().getHost());
        stored.setPath("/");
        BasicCookieStore store = new BasicCookieStore();
        store.addCookie(stored);
        return store;
    }

    @Override
    protected Answer call(Request request, Duration limit) throws Exception {
        HttpUriRequestBase built = request(request);
        built.setConfig(RequestConfig.custom()
                .setResponseTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .build());
        return call(client, built);
    }

    @Override
    protected Set<String> sentAgain() {
        return Set.of("GET");
    }

    @Override
    protected Set<Integer> sentAgainAfter() {
        return Set.of(429, 503);
    }

    @Override
    protected Answer callWithCredentials(Request request) throws Exception {
        try (CloseableHttpClient by =
                HttpClients.custom().setDefaultCredentialsProvider(known()).build()) {
            return call(by, request(request));
        }
    }

    static BasicCredentialsProvider known() {
        BasicCredentialsProvider known = new BasicCredentialsProvider();
        known.setCredentials(new AuthScope(null, -1), new UsernamePasswordCredentials(USER, PASSWORD.toCharArray()));
        return known;
    }

    @Override
    protected Answer callAt(String place, String pathAndQuery) throws Exception {
        HttpUriRequestBase odd = new HttpGet(place + "/");
        odd.setPath(pathAndQuery);
        return call(client, odd);
    }

    @Override
    protected Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        try (CloseableHttpClient by = HttpClients.custom()
                .setProxy(new HttpHost(proxy.getHostString(), proxy.getPort()))
                .build()) {
            return call(by, request(request));
        }
    }

    @Override
    protected Class<? extends Throwable> timeout() {
        return SocketTimeoutException.class;
    }

    @Override
    protected boolean decodes() {
        return true;
    }

    @Test
    void theMinimalClientIsGoverned() throws Exception {
        CloseableHttpClient minimal = HttpClients.createMinimal();
        assertThat(call(minimal, request(get("/masked"))).text()).isEqualTo(MASKED);
        assertThatThrownBy(() -> call(minimal, request(get("/denied")))).hasMessageContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /masked");
    }

    @Test
    void anInterceptorBelowTheDecisionCannotChangeWhatIsSent() throws Exception {
        CloseableHttpClient changing = HttpClients.custom()
                .addExecInterceptorLast("late", (request, scope, chain) -> {
                    request.setPath("/denied");
                    return chain.proceed(request, scope);
                })
                .addRequestInterceptorLast((request, entity, context) -> request.setPath("/denied"))
                .build();
        assertThatThrownBy(() -> call(changing, request(get("/open")))).hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aTargetInAbsoluteFormDoesNotEvadeTheRule() {
        HttpGet get = new HttpGet(server.at("/open"));
        get.setPath("http://elsewhere.example/denied");
        assertThatThrownBy(() -> call(client, get)).isInstanceOf(IOException.class);
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aCallThatIsCancelledWhileItParksIsWithdrawn() throws Exception {
        HttpUriRequestBase request = request(get("/held"));
        CompletableFuture<Throwable> thrown = CompletableFuture.supplyAsync(() -> {
            try {
                return new AssertionError(call(client, request).text());
            } catch (IOException e) {
                return e;
            }
        });
        Approver.Case held = Governed.APPROVER.next();
        request.cancel();
        assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
        assertThat(Governed.APPROVER.withdrawn()).isEqualTo(held.ticket().id());
    }

    /** It runs when everything was decided. */
    @Test
    void whatAnExecutorOfTheApplicationsMakesOfTheRequestIsDecided() throws IOException {
        List<UnaryOperator<ClassicHttpRequest>> changes = List.of(
                request -> {
                    request.setPath("/denied");
                    return request;
                },
                request -> {
                    ClassicHttpRequest own = new BasicClassicHttpRequest("GET", "/denied");
                    own.setHeaders(request.getHeaders());
                    return own;
                });
        for (UnaryOperator<ClassicHttpRequest> change : changes) {
            HttpRequestExecutor executor = new HttpRequestExecutor() {
                @Override
                public ClassicHttpResponse execute(
                        ClassicHttpRequest request,
                        HttpClientConnection connection,
                        HttpResponseInformationCallback early,
                        HttpContext context)
                        throws IOException, HttpException {
                    return super.execute(change.apply(request), connection, early, context);
                }
            };
            try (CloseableHttpClient by =
                    HttpClients.custom().setRequestExecutor(executor).build()) {
                assertThatThrownBy(() -> call(by, new HttpGet(server.at("/open"))))
                        .hasStackTraceContaining("no-denied");
            }
        }
        assertThat(server.seen()).isEmpty();
    }

    /** Its server would take the next request of the connection for the rest. */
    @Test
    void aBodyThatEndsBeforeItsLengthIsRefused() throws IOException {
        try (WireServer early = new WireServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                CloseableHttpClient by = HttpClients.createDefault()) {
            HttpPost post = new HttpPost(early.at("/open"));
            post.setEntity(new InputStreamEntity(new ByteArrayInputStream(new byte[3]), 100, ContentType.TEXT_PLAIN));
            assertThatThrownBy(() -> call(by, post))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Refused by Sallyport")
                    .hasMessageContaining("framing");
        }
    }

    /** Also where a rule asks for it. */
    @ParameterizedTest
    @ValueSource(strings = {"/open", "/body"})
    void whatTheBodyOfAnApplicationThrowsIsItsCallers(String path) throws IOException {
        IOException itsOwn = new IOException("gone");
        HttpPost post = new HttpPost(server.at(path));
        post.setEntity(new EntityTemplate(-1, ContentType.TEXT_PLAIN, null, out -> {
            throw itsOwn;
        }));
        try (CloseableHttpClient by = HttpClients.createDefault()) {
            assertThatThrownBy(() -> call(by, post)).isSameAs(itsOwn);
        }
    }
}
