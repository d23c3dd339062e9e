package io.sallyport.http.apache5;

import io.sallyport.core.command.RequestBody;
import io.sallyport.http.OutgoingBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/**
 * The body of a request, taken from its producer before anything is sent: all of it, or as much as rules look at. Nobody waits for a
 * producer that has nothing to give yet; it says so when it has. Thread-safe.
 */
final class CollectedEntity implements DataStreamChannel {

    private final AsyncEntityProducer producer;
    private final CompletableFuture<CollectedEntity> collected = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private List<? extends Header> trailers = List.of();
    private boolean whole;

    private CollectedEntity(AsyncEntityProducer producer) {
        this.producer = producer;
    }

    /** Completes when there is nothing more to take; fails as the producer does. */
    static CompletableFuture<CollectedEntity> of(AsyncEntityProducer producer) {
        CollectedEntity entity = new CollectedEntity(producer);
        entity.requestOutput();
        return entity.collected;
    }

    boolean isFrom(AsyncEntityProducer other) {
        return producer == other;
    }

    boolean whole() {
        return whole;
    }

    List<? extends Header> trailers() {
        return trailers;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** What rules may read. */
    OutgoingBody body() {
        return whole ? OutgoingBody.of(bytes()) : OutgoingBody.unreadable(producer.getContentLength());
    }

    /** What is sent in place of the producer that this was taken from. */
    AsyncEntityProducer producer() {
        return new CollectedProducer(producer, this);
    }

    @Override
    public void requestOutput() {
        try {
            if (take()) {
                collected.complete(this);
            }
        } catch (IOException | RuntimeException e) {
            collected.completeExceptionally(e);
        }
    }

    /** @return whether this was the last time */
    private synchronized boolean take() throws IOException {
        int before = -1;
        while (!collected.isDone() && !whole && bytes.size() < RequestBody.MOST + 1 && bytes.size() > before) {
            before = bytes.size();
            producer.produce(this);
        }
        return whole || bytes.size() > RequestBody.MOST;
    }

    @Override
    public synchronized int write(ByteBuffer source) {
        byte[] some = new byte[Math.min(source.remaining(), RequestBody.MOST + 1 - bytes.size())];
        source.get(some);
        bytes.writeBytes(some);
        return some.length;
    }

    @Override
    public synchronized void endStream(List<? extends Header> last) {
        trailers = last == null ? List.of() : last;
        whole = true;
    }

    @Override
    public void endStream() {
        endStream(List.of());
    }
}
