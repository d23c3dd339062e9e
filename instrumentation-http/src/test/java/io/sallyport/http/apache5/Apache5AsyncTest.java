package io.sallyport.http.apache5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.AsyncHttpClientContract;
import io.sallyport.http.contract.Governed;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.bootstrap.AsyncRequesterBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncRequester;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Apache5AsyncTest extends AsyncHttpClientContract {

    private final CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();

    Apache5AsyncTest() {
        client.start();
    }

    @AfterEach
    void closeClient() throws Exception {
        client.close();
    }

    private static SimpleHttpRequest request(Request request) {
        SimpleRequestBuilder builder =
                SimpleRequestBuilder.create(request.method()).setUri(request.uri());
        request.headers().forEach(builder::addHeader);
        if (!request.body().isEmpty()) {
            builder.setBody(request.body(), ContentType.TEXT_PLAIN);
        }
        return builder.build();
    }

    private static CompletableFuture<Answer> start(CloseableHttpAsyncClient by, SimpleHttpRequest request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        AtomicReference<Map<String, String>> trailers = new AtomicReference<>(Map.of());
        AsyncResponseConsumer<SimpleHttpResponse> consumer = noting(SimpleResponseConsumer.create(), trailers);
        FutureCallback<SimpleHttpResponse> callback = new FutureCallback<>() {
            @Override
            public void completed(SimpleHttpResponse response) {
                byte[] body = response.getBodyBytes() == null ? new byte[0] : response.getBodyBytes();
                answer.complete(new Answer(response.getCode(), Fields.of(response), body, trailers.get()));
            }

            @Override
            public void failed(Exception failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void cancelled() {
                answer.cancel(false);
            }
        };
        Future<SimpleHttpResponse> running = by.execute(SimpleRequestProducer.create(request), consumer, callback);
        answer.whenComplete((a, failure) -> {
            if (answer.isCancelled()) {
                running.cancel(true);
            }
        });
        return answer;
    }

    /** Notes the fields behind a body, which a simple response does not have. */
    @SuppressWarnings("unchecked")
    private static <T> AsyncResponseConsumer<T> noting(
            AsyncResponseConsumer<T> consumer, AtomicReference<Map<String, String>> trailers) {
        return (AsyncResponseConsumer<T>) Proxy.newProxyInstance(
                AsyncResponseConsumer.class.getClassLoader(),
                new Class<?>[] {AsyncResponseConsumer.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("streamEnd") && arguments[0] != null) {
                        trailers.set(Fields.trailers((List<? extends Header>) arguments[0]));
                    }
                    try {
                        return method.invoke(consumer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    protected void connectForeign(InetSocketAddress place) throws Exception {
        try (HttpAsyncRequester others = AsyncRequesterBootstrap.bootstrap().create()) {
            others.start();
            others.connect(new HttpHost("http", place.getHostString(), place.getPort()), Timeout.ofSeconds(10))
                    .get(10, TimeUnit.SECONDS)
                    .releaseAndDiscard();
        }
    }

    @Override
    protected Class<? extends Throwable> closeWhileHeld() throws Exception {
        client.close();
        return CancellationException.class;
    }

    @Override
    protected CompletableFuture<Answer> start(Request request) {
        return start(client, request(request));
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return join(start(request));
    }

    @Override
    protected Set<Integer> sentAgainAfter() {
        return Set.of(429, 503);
    }

    @Override
    protected Answer callWithCredentials(Request request) throws Exception {
        try (CloseableHttpAsyncClient by = HttpAsyncClients.custom()
                .setDefaultCredentialsProvider(Apache5ClassicTest.known())
                .build()) {
            by.start();
            return join(start(by, request(request)));
        }
    }

    @Override
    protected Answer callWithLateFields(Request request) throws Exception {
        Request bare = new Request(request.method(), request.uri(), Map.of(), request.body());
        try (CloseableHttpAsyncClient by = HttpAsyncClients.custom()
                .addRequestInterceptorLast(
                        (sent, entity, context) -> request.headers().forEach(sent::setHeader))
                .build()) {
            by.start();
            return join(start(by, request(bare)));
        }
    }

    @Override
    protected Answer callWithStoredCookie(String name, Request request) throws Exception {
        try (CloseableHttpAsyncClient by = HttpAsyncClients.custom()
                .setDefaultCookieStore(Apache5ClassicTest.stored(name, request))
                .build()) {
            by.start();
            return join(start(by, request(request)));
        }
    }

    @Override
    protected Answer call(Request request, Duration limit) throws Exception {
        SimpleHttpRequest built = request(request);
        built.setConfig(RequestConfig.custom()
                .setResponseTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .build());
        return join(start(client, built));
    }

    private static Answer join(CompletableFuture<Answer> answer) throws Exception {
        try {
            return answer.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @Override
    protected Answer callAt(String place, String pathAndQuery) throws Exception {
        SimpleHttpRequest odd = SimpleHttpRequest.create("GET", place + "/");
        odd.setPath(pathAndQuery);
        return join(start(client, odd));
    }

    @Override
    protected Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        try (CloseableHttpAsyncClient by = HttpAsyncClients.custom()
                .setProxy(new HttpHost(proxy.getHostString(), proxy.getPort()))
                .build()) {
            by.start();
            return join(start(by, request(request)));
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
    void aHandlerBelowTheDecisionCannotChangeWhatIsSent() throws Exception {
        try (CloseableHttpAsyncClient changing = HttpAsyncClients.custom()
                .addExecInterceptorLast("late", (request, producer, scope, chain, callback) -> {
                    request.setPath("/denied");
                    chain.proceed(request, producer, scope, callback);
                })
                .build()) {
            changing.start();
            assertThatThrownBy(() -> join(start(changing, request(get("/open")))))
                    .hasMessageContaining("no-denied");
        }
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void anInterceptorBelowTheDecisionCannotChangeWhatIsSentEither() throws Exception {
        try (CloseableHttpAsyncClient changing = HttpAsyncClients.custom()
                .addRequestInterceptorLast((request, entity, context) -> request.setPath("/denied"))
                .build()) {
            changing.start();
            assertThatThrownBy(() -> join(start(changing, request(get("/open")))))
                    .hasMessageContaining("no-denied");
        }
        assertThat(server.seen()).isEmpty();
    }

    /** Has a piece only when somebody asked before and it was told that there is one. */
    private static final class Pieces implements AsyncEntityProducer {

        private final Deque<byte[]> ready = new ArrayDeque<>();
        private boolean ended;
        private DataStreamChannel asking;

        synchronized void piece(byte[] bytes, boolean last) {
            ready.add(bytes);
            ended = last;
            if (asking != null) {
                asking.requestOutput();
            }
        }

        @Override
        public synchronized void produce(DataStreamChannel channel) throws IOException {
            asking = channel;
            while (!ready.isEmpty()) {
                ByteBuffer bytes = ByteBuffer.wrap(ready.peek());
                int written = channel.write(bytes);
                byte[] rest = new byte[bytes.remaining()];
                bytes.get(rest);
                ready.remove();
                if (rest.length > 0) {
                    ready.addFirst(rest);
                }
                if (written == 0) {
                    return;
                }
            }
            if (ended) {
                channel.endStream();
            }
        }

        @Override
        public int available() {
            return ready.isEmpty() && !ended ? 0 : 1;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public void failed(Exception cause) {}

        @Override
        public void releaseResources() {}

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public String getContentType() {
            return "text/plain";
        }

        @Override
        public String getContentEncoding() {
            return null;
        }

        @Override
        public boolean isChunked() {
            return true;
        }

        @Override
        public Set<String> getTrailerNames() {
            return Set.of();
        }
    }

    private Future<SimpleHttpResponse> post(String path, Pieces body) {
        return client.execute(
                new BasicRequestProducer(
                        SimpleRequestBuilder.post(server.at(path)).build(), body),
                SimpleResponseConsumer.create(),
                null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a body", "a secret"})
    void aBodyThatComesInPiecesIsReadBeforeItIsSent(String text) throws Exception {
        Pieces body = new Pieces();
        Future<SimpleHttpResponse> answer = post("/body?echo", body);
        body.piece("a ".getBytes(StandardCharsets.UTF_8), false);
        assertThat(server.seen()).isEmpty();
        body.piece(text.substring(2).getBytes(StandardCharsets.UTF_8), true);
        if (text.contains("secret")) {
            assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasMessageContaining("no-denied");
            assertThat(server.seen()).isEmpty();
        } else {
            assertThat(answer.get(10, TimeUnit.SECONDS).getBodyText()).isEqualTo(text);
            assertThat(server.seen()).containsExactly("POST /body?echo");
        }
    }

    @Test
    void aLongBodyOfUnknownLengthThatNoRuleForbidsArrivesWhole() throws Exception {
        Pieces body = new Pieces();
        Future<SimpleHttpResponse> answer = post("/held-body?echo", body);
        for (int i = 0; i < 6; i++) {
            body.piece("x".repeat(1 << 19).getBytes(StandardCharsets.UTF_8), i == 5);
        }
        Governed.APPROVER.next().approve();
        assertThat(answer.get(10, TimeUnit.SECONDS).getBodyBytes()).hasSize(3 << 20);
    }
}
