package io.sallyport.http.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.AsyncHttpClientContract;
import io.sallyport.http.contract.CountingCookies;
import io.sallyport.http.contract.FailingServer;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.Server;
import io.sallyport.http.contract.WireServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdkHttpTest extends AsyncHttpClientContract {

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

    private static HttpRequest.Builder builder(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(
                        request.method(),
                        request.body().isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach(builder::header);
        return builder;
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }

    /** The limit is asked of a call that blocks. */
    @Override
    protected boolean leavesItsTicket() {
        return true;
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return answer(client.send(builder(request).build(), BodyHandlers.ofByteArray()));
    }

    @Override
    protected Answer call(Request request, Duration limit) throws Exception {
        return answer(client.send(builder(request).timeout(limit).build(), BodyHandlers.ofByteArray()));
    }

    private Answer callWithStoredCookie(String name, String path, Request request) throws Exception {
        HttpClient by = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .cookieHandler(stored(name, path, request.uri()))
                .build();
        return answer(by.send(builder(request).build(), BodyHandlers.ofByteArray()));
    }

    @Override
    protected Answer callWithStoredCookie(String name, Request request) throws Exception {
        return callWithStoredCookie(name, "/", request);
    }

    /** As the client sends it, it has a length and is no chunk: which of the two a server believes, nobody can tell. */
    @Test
    void aTransferCodingThatTheApplicationSetsBesideAKnownLengthIsRefused() throws Exception {
        HttpRequest split = builder(request("POST", "/open?echo", "0\r\n\r\nGET /denied HTTP/1.1\r\nHost: x\r\n\r\n"))
                .header("Transfer-Encoding", "chunked")
                .build();
        assertThatThrownBy(() -> client.send(split, BodyHandlers.ofString()))
                .isInstanceOf(refusal())
                .hasMessageContaining("framing");
        assertThat(server.seen()).isEmpty();
        HttpRequest inChunks = HttpRequest.newBuilder(server.at("/open?echo"))
                .header("Transfer-Encoding", "chunked")
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream("a body".getBytes(StandardCharsets.US_ASCII))))
                .build();
        assertThat(client.send(inChunks, BodyHandlers.ofString()).body()).isEqualTo("a body");
    }

    @Test
    void aHandlerOfCookiesIsAskedOnceForEachRequest() throws Exception {
        CountingCookies cookies = new CountingCookies();
        HttpClient by = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .cookieHandler(cookies)
                .build();
        HttpRequest redirected = builder(get("/redirect?to=/open")).build();
        assertThat(by.send(redirected, BodyHandlers.ofString()).body()).isEqualTo(Server.BODY);
        assertThat(cookies.asked()).containsExactly("/redirect", "/open");
        by.sendAsync(builder(get("/open")).build(), BodyHandlers.ofString()).get(10, TimeUnit.SECONDS);
        CompletableFuture<?> held = by.sendAsync(builder(get("/held")).build(), BodyHandlers.ofString());
        Governed.APPROVER.next().approve();
        held.get(10, TimeUnit.SECONDS);
        assertThat(cookies.asked()).containsExactly("/redirect", "/open", "/open", "/held");
        assertThat(by.cookieHandler()).containsSame(cookies);
        assertThat(server.fields()).contains("Cookie");
    }

    @Test
    void aCookieForWhereARedirectLeadsDoesNotEvadeARule() {
        assertThatThrownBy(() -> callWithStoredCookie("forbidden", "/open", get("/redirect?to=/open")))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /redirect?to=/open");
    }

    /** Answers each question by {@code first} once, and by {@code then} from then on. */
    private static final class Fickle extends HttpRequest {

        private final Set<String> asked = ConcurrentHashMap.newKeySet();
        private final HttpRequest first;
        private final HttpRequest then;

        Fickle(HttpRequest first, HttpRequest then) {
            this.first = first;
            this.then = then;
        }

        private HttpRequest now(String question) {
            return asked.add(question) ? first : then;
        }

        @Override
        public Optional<BodyPublisher> bodyPublisher() {
            return now("bodyPublisher").bodyPublisher();
        }

        @Override
        public String method() {
            return now("method").method();
        }

        @Override
        public Optional<Duration> timeout() {
            return now("timeout").timeout();
        }

        @Override
        public boolean expectContinue() {
            return now("expectContinue").expectContinue();
        }

        @Override
        public URI uri() {
            return now("uri").uri();
        }

        @Override
        public Optional<HttpClient.Version> version() {
            return now("version").version();
        }

        @Override
        public HttpHeaders headers() {
            return now("headers").headers();
        }
    }

    @Test
    void aRequestThatChangesAfterTheDecisionIsSentAsItWasDecided() throws Exception {
        HttpRequest denied = builder(request("DELETE", "/denied", ""))
                .header("X-Forbidden", "1")
                .build();
        Answer sent = answer(client.send(
                new Fickle(builder(request("POST", "/open?echo", "a body")).build(), denied),
                BodyHandlers.ofByteArray()));
        assertThat(sent.text()).isEqualTo("a body");
        CompletableFuture<?> held =
                client.sendAsync(new Fickle(builder(get("/held")).build(), denied), BodyHandlers.ofString());
        Governed.APPROVER.next().approve();
        held.get(10, TimeUnit.SECONDS);
        assertThat(server.seen()).containsExactly("POST /open?echo", "GET /held");
        assertThat(server.fields()).doesNotContain("X-forbidden");
    }

    @Test
    void aBodyWhoseLengthChangesAfterTheDecisionDoesNotEvadeARule() {
        BodyPublisher secret = HttpRequest.BodyPublishers.ofString("a secret");
        AtomicInteger asked = new AtomicInteger();
        BodyPublisher fickle = new BodyPublisher() {
            @Override
            public long contentLength() {
                return asked.getAndIncrement() == 0 ? 0 : secret.contentLength();
            }

            @Override
            public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
                secret.subscribe(subscriber);
            }
        };
        HttpRequest request =
                HttpRequest.newBuilder(get("/body").uri()).POST(fickle).build();
        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString())).hasMessageContaining("no-denied");
        assertThat(server.bodies()).isEmpty();
    }

    @Test
    void aRequestWithoutAMethodIsAGet() throws Exception {
        HttpRequest open = builder(get("/open")).build();
        HttpRequest without = new HttpRequest() {
            @Override
            public Optional<BodyPublisher> bodyPublisher() {
                return Optional.empty();
            }

            @Override
            public String method() {
                return null;
            }

            @Override
            public Optional<Duration> timeout() {
                return Optional.empty();
            }

            @Override
            public boolean expectContinue() {
                return false;
            }

            @Override
            public URI uri() {
                return open.uri();
            }

            @Override
            public Optional<HttpClient.Version> version() {
                return Optional.empty();
            }

            @Override
            public HttpHeaders headers() {
                return open.headers();
            }
        };
        assertThat(client.send(without, BodyHandlers.ofString()).body()).isEqualTo(Server.BODY);
        assertThat(server.seen()).containsExactly("GET /open");
    }

    @Test
    void aProxySelectorIsAskedOnceAndWhatItSaidIsTheWayThatWasDecided() throws Exception {
        int place = server.plain("/").getPort();
        List<URI> asked = new CopyOnWriteArrayList<>();
        ProxySelector selector = new ProxySelector() {
            @Override
            public List<java.net.Proxy> select(URI uri) {
                asked.add(uri);
                InetSocketAddress governed = new InetSocketAddress("127.0.0.1", place);
                return List.of(
                        asked.size() % 2 == 1
                                ? java.net.Proxy.NO_PROXY
                                : new java.net.Proxy(java.net.Proxy.Type.HTTP, governed));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        };
        HttpClient by = HttpClient.newBuilder().proxy(selector).build();
        HttpRequest elsewhere = HttpRequest.newBuilder(URI.create("http://nowhere.invalid/open"))
                .build();
        Governed.close(place);
        try {
            assertThatThrownBy(() -> by.send(elsewhere, BodyHandlers.ofString()))
                    .isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> by.send(elsewhere, BodyHandlers.ofString()))
                    .hasMessageContaining("no-denied");
            assertThatThrownBy(() ->
                            by.sendAsync(elsewhere, BodyHandlers.ofString()).get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(ConnectException.class);
        } finally {
            Governed.open(place);
        }
        assertThat(asked).hasSize(3);
        assertThat(server.seen()).isEmpty();
    }

    @Override
    protected Set<String> sentAgain() {
        return Set.of("GET");
    }

    private static HttpClient withCredentials() {
        return HttpClient.newBuilder()
                .authenticator(new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication(USER, PASSWORD.toCharArray());
                    }
                })
                .build();
    }

    @Override
    protected Answer callWithCredentials(Request request) throws Exception {
        return answer(withCredentials().send(builder(request).build(), BodyHandlers.ofByteArray()));
    }

    @Test
    void credentialsThatTheClientKnowsFromBeforeAreSeenByRules() throws Exception {
        HttpClient by = withCredentials();
        try (FailingServer server = new FailingServer(FailingServer.CHALLENGE)) {
            by.send(HttpRequest.newBuilder(server.at("/open")).build(), BodyHandlers.discarding());
            HttpRequest refused =
                    HttpRequest.newBuilder(server.at("/no-credentials")).build();
            assertThatThrownBy(() -> by.send(refused, BodyHandlers.discarding()))
                    .isInstanceOf(refusal())
                    .hasMessageContaining("no-denied");
            assertThatThrownBy(() ->
                            by.sendAsync(refused, BodyHandlers.discarding()).get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(refusal())
                    .hasStackTraceContaining("no-denied");
            assertThat(server.seen()).hasSize(2);
        }
    }

    /** What people approved they approved without having seen the credentials, which no rule is about. */
    @Test
    void anApprovedRequestIsSentOnceWithTheCredentialsThatTheClientKnowsFromBefore() throws Exception {
        HttpClient by = withCredentials();
        try (FailingServer server = new FailingServer(FailingServer.CHALLENGE)) {
            by.send(HttpRequest.newBuilder(server.at("/open")).build(), BodyHandlers.discarding());
            CompletableFuture<HttpResponse<String>> held =
                    by.sendAsync(HttpRequest.newBuilder(server.at("/held")).build(), BodyHandlers.ofString());
            Governed.APPROVER.next().approve();
            assertThat(held.get(10, TimeUnit.SECONDS).body()).isEqualTo(Server.BODY);
            assertThat(server.seen()).hasSize(3);
        }
    }

    @Override
    protected Answer callAt(String place, String pathAndQuery) throws Exception {
        return null;
    }

    @Override
    protected Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        HttpClient by = HttpClient.newBuilder().proxy(ProxySelector.of(proxy)).build();
        return answer(by.send(builder(request).build(), BodyHandlers.ofByteArray()));
    }

    @Override
    protected Class<? extends Throwable> timeout() {
        return HttpTimeoutException.class;
    }

    @Override
    protected CompletableFuture<Answer> start(Request request) {
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(builder(request).build(), BodyHandlers.ofByteArray());
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        sent.whenComplete((response, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(answer(response));
            }
        });
        answer.whenComplete((a, failure) -> sent.cancel(true));
        return answer;
    }

    @Test
    void everyKindOfBodyHandlerGetsTheMaskedBody() throws Exception {
        HttpRequest request = builder(get("/masked")).build();
        try (InputStream in = client.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(MASKED);
        }
        assertThat(client.send(request, BodyHandlers.ofLines()).body()).containsExactly(MASKED);
        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo(MASKED);
    }

    @Test
    void aBodyInMemoryIsReadAndSentAgainAfterARedirectAndAnyOtherIsNotReadTwice() throws Exception {
        assertThat(call(request("POST", BODY_AGAIN, "a body")).text()).isEqualTo("a body");
        HttpRequest streamed = HttpRequest.newBuilder(get(BODY_AGAIN).uri())
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("a body"), 6))
                .build();
        assertThatThrownBy(() -> client.send(streamed, BodyHandlers.ofString())).hasMessageContaining("no-denied");
    }

    /** What a rule saw is what is sent, whatever the publisher gives next. */
    @ParameterizedTest
    @ValueSource(
            strings = {"another each time", "more than it said", "more once it is whole", "nothing", "null", "a failure"
            })
    void aPublisherThatMisbehavesHasNothingSentThatNoRuleSaw(String how) {
        AtomicInteger subscribed = new AtomicInteger();
        BodyPublisher publisher = HttpRequest.BodyPublishers.fromPublisher(
                subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                    private boolean told;

                    @Override
                    public void request(long n) {
                        if (!told) {
                            told = true;
                            give(how, subscriber, subscribed.incrementAndGet());
                        }
                    }

                    @Override
                    public void cancel() {}
                }),
                6);
        HttpRequest request = HttpRequest.newBuilder(server.at("/body?echo"))
                .timeout(Duration.ofSeconds(2))
                .POST(publisher)
                .build();
        try {
            assertThat(client.send(request, BodyHandlers.ofString()).body()).isIn("a body", "");
        } catch (Exception refusedOrOwnOfTheClient) {
            assertThat(how).isNotEqualTo("another each time");
        }
        assertThat(server.bodies()).allMatch(body -> !body.contains("secret"));
    }

    private static void give(String how, Flow.Subscriber<? super ByteBuffer> subscriber, int time) {
        ByteBuffer harmless = ByteBuffer.wrap("a body".getBytes(StandardCharsets.UTF_8));
        ByteBuffer secret = ByteBuffer.wrap("secret".getBytes(StandardCharsets.UTF_8));
        switch (how) {
            case "another each time" -> subscriber.onNext(time == 1 ? harmless : secret);
            case "more than it said" -> {
                subscriber.onNext(harmless);
                subscriber.onNext(secret);
            }
            case "more once it is whole" -> {
                subscriber.onNext(harmless);
                subscriber.onComplete();
                subscriber.onNext(secret);
            }
            case "null" -> subscriber.onNext(null);
            case "a failure" -> {
                subscriber.onNext(secret);
                subscriber.onError(new IOException("the publisher's own"));
            }
            default -> {
                // Gives nothing and ends.
            }
        }
        subscriber.onComplete();
    }

    @ParameterizedTest
    @CsvSource({"/denied,no-denied", "/masked,messages of a WebSocket are not masked", "/secure,not encrypted"})
    void theHandshakeOfAWebSocketIsDecided(String path, String why) {
        URI uri = URI.create(webSocket(path).toString().replaceFirst("^http", "ws"));
        CompletableFuture<WebSocket> socket = client.newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {});
        assertThatThrownBy(() -> socket.get(10, TimeUnit.SECONDS)).hasStackTraceContaining(why);
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aHandshakeThatARedirectLeadsToAMaskedTargetOpensNoWebSocket() throws Exception {
        String switching = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
        try (WireServer wire = new WireServer(switching)) {
            URI uri = URI.create(
                    server.at("/redirect?to=" + wire.at("/masked")).toString().replaceFirst("^http", "ws"));
            CompletableFuture<WebSocket> socket =
                    client.newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {});
            assertThatThrownBy(() -> socket.get(10, TimeUnit.SECONDS))
                    .hasStackTraceContaining("messages of a WebSocket are not masked");
        }
    }

    /** Which the agent cannot read. */
    @Test
    void aDefectFailsTheFutureAndIsNotThrown() {
        HttpRequest given = HttpRequest.newBuilder(server.at("/open")).build();
        HttpRequest broken = new HttpRequest() {
            @Override
            public Optional<BodyPublisher> bodyPublisher() {
                return null;
            }

            @Override
            public String method() {
                return "GET";
            }

            @Override
            public Optional<Duration> timeout() {
                return Optional.empty();
            }

            @Override
            public boolean expectContinue() {
                return false;
            }

            @Override
            public URI uri() {
                return given.uri();
            }

            @Override
            public Optional<HttpClient.Version> version() {
                return Optional.empty();
            }

            @Override
            public HttpHeaders headers() {
                return given.headers();
            }
        };
        CompletableFuture<?> future = HttpClient.newHttpClient().sendAsync(broken, BodyHandlers.ofString());
        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Refused by Sallyport");
        assertThat(server.seen()).isEmpty();
    }

    /** Also where a rule asks for it. */
    @ParameterizedTest
    @ValueSource(strings = {"/open", "/body"})
    void whatThePublisherOfAnApplicationFailsWithIsItsCallers(String path) {
        BodyPublisher failing = BodyPublishers.fromPublisher(
                subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long n) {
                        subscriber.onError(new IOException("gone"));
                    }

                    @Override
                    public void cancel() {}
                }),
                3);
        HttpRequest post = HttpRequest.newBuilder(server.at(path)).POST(failing).build();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(post, BodyHandlers.ofString()))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("gone")
                .hasMessageNotContaining("Refused");
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .sendAsync(post, BodyHandlers.ofString())
                        .get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasStackTraceContaining("gone");
    }
}
