package io.sallyport.http.jdk;

import io.sallyport.http.OutgoingBody;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of a request, if its publisher delivers all of it at once when it is asked, as those of {@code BodyPublishers} do. */
final class PublishedBody extends OutgoingBody {

    /** What {@code BodyPublishers.ofString} and {@code ofByteArray} make. */
    private static final Set<String> IN_MEMORY = Set.of(
            "jdk.internal.net.http.RequestPublishers$ByteArrayPublisher",
            "jdk.internal.net.http.RequestPublishers$StringPublisher");

    private final BodyPublisher publisher;

    private PublishedBody(BodyPublisher publisher) {
        this.publisher = publisher;
    }

    static @Nullable PublishedBody of(HttpRequest request) {
        BodyPublisher publisher = request.bodyPublisher().orElse(null);
        if (publisher == null) {
            return null;
        }
        // An application's may give another length when the client asks.
        boolean stays = publisher.getClass().getModule() == HttpRequest.class.getModule();
        return stays && publisher.contentLength() == 0 ? null : new PublishedBody(publisher);
    }

    /**
     * The body of a request that the client made of another one. It is sent from the publisher that it has, so that only content that
     * stays what it is, in memory, can be read before.
     */
    static @Nullable OutgoingBody again(HttpRequest request) {
        PublishedBody body = of(request);
        return body == null || IN_MEMORY.contains(body.publisher.getClass().getName())
                ? body
                : unreadable(body.publisher.contentLength());
    }

    /** The request to send: the same, where nobody asked for its body. */
    HttpRequest sent(HttpRequest request) {
        byte[] bytes = captured();
        return bytes == null
                ? request
                : HttpRequest.newBuilder(request, (name, value) -> true)
                        .method(request.method(), BodyPublishers.ofByteArray(bytes))
                        .build();
    }

    @Override
    protected void produce(OutputStream to) throws IOException {
        demandReadable(publisher.contentLength(), false);
        Reader reader = new Reader(to);
        publisher.subscribe(reader);
        reader.demandWhole();
    }

    private static final class Reader implements Flow.Subscriber<ByteBuffer> {

        private final OutputStream to;
        private Flow.@Nullable Subscription subscription;
        private @Nullable Throwable failure;
        /** What the application's publisher ended with. */
        private @Nullable Throwable broken;

        private boolean whole;
        private boolean late;

        Reader(OutputStream to) {
            this.to = to;
        }

        @Override
        public void onSubscribe(Flow.Subscription upstream) {
            subscription = upstream;
            upstream.request(Long.MAX_VALUE);
        }

        @Override
        public synchronized void onNext(ByteBuffer item) {
            if (failure != null || late) {
                return;
            }
            try {
                byte[] bytes = new byte[item.remaining()];
                item.get(bytes);
                to.write(bytes);
            } catch (IOException | RuntimeException e) {
                failure = e;
                cancel();
            }
        }

        @Override
        public synchronized void onError(Throwable cause) {
            broken = cause;
        }

        @Override
        public synchronized void onComplete() {
            whole = true;
        }

        /** A body that is not there yet is one that cannot be read before it is sent. */
        synchronized void demandWhole() throws IOException {
            if (broken != null) {
                // As the client says it.
                throw broken instanceof IOException io ? io : new IOException(broken.getMessage(), broken);
            }
            if (!whole || failure != null) {
                late = true;
                cancel();
                throw new Unreadable();
            }
        }

        private void cancel() {
            Flow.Subscription upstream = subscription;
            if (upstream != null) {
                upstream.cancel();
            }
        }
    }
}
