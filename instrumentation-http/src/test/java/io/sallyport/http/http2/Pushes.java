package io.sallyport.http.http2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.AbstractAsyncPushHandler;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;

/** What a server pushed to Apache's client, as its consumers got it. */
final class Pushes {

    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch pending;

    Pushes(int expected) {
        pending = new CountDownLatch(expected);
    }

    AsyncPushConsumer consumer() {
        return new AbstractAsyncPushHandler<>(new BasicResponseConsumer<>(new Body())) {
            @Override
            protected void handleResponse(HttpRequest promised, Message<HttpResponse, String> answer) {
                bodies.put(promised.getPath(), answer.getBody());
                pending.countDown();
            }

            @Override
            protected void handleError(HttpRequest promised, Exception cause) {
                failures.add(cause);
                pending.countDown();
            }
        };
    }

    void await() throws InterruptedException {
        pending.await(20, TimeUnit.SECONDS);
    }

    Map<String, String> bodies() {
        return bodies;
    }

    List<Exception> failures() {
        return failures;
    }

    private static final class Body extends AbstractBinAsyncEntityConsumer<String> {

        private final StringBuilder text = new StringBuilder();

        @Override
        protected void streamStart(ContentType type) {}

        @Override
        protected int capacityIncrement() {
            return Integer.MAX_VALUE;
        }

        @Override
        protected void data(ByteBuffer piece, boolean end) {
            text.append(StandardCharsets.UTF_8.decode(piece));
        }

        @Override
        protected String generateContent() {
            return text.toString();
        }

        @Override
        public void releaseResources() {}
    }
}
