package io.sallyport.http.apache5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** Sends what was taken from a producer, and then what that has left. */
final class CollectedProducer implements AsyncEntityProducer {

    private final AsyncEntityProducer producer;
    private final CollectedEntity entity;
    private final ByteBuffer bytes;

    CollectedProducer(AsyncEntityProducer producer, CollectedEntity entity) {
        this.producer = producer;
        this.entity = entity;
        this.bytes = ByteBuffer.wrap(entity.bytes());
    }

    @Override
    public int available() {
        return bytes.hasRemaining() || entity.whole() ? Integer.MAX_VALUE : producer.available();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        if (bytes.hasRemaining()) {
            return;
        }
        if (!entity.whole()) {
            producer.produce(channel);
        } else if (entity.trailers().isEmpty()) {
            channel.endStream();
        } else {
            channel.endStream(entity.trailers());
        }
    }

    @Override
    public boolean isRepeatable() {
        return producer.isRepeatable();
    }

    @Override
    public void failed(Exception cause) {
        producer.failed(cause);
    }

    @Override
    public void releaseResources() {
        producer.releaseResources();
    }

    @Override
    public long getContentLength() {
        return producer.getContentLength();
    }

    @Override
    public @Nullable String getContentType() {
        return producer.getContentType();
    }

    @Override
    public @Nullable String getContentEncoding() {
        return producer.getContentEncoding();
    }

    @Override
    public boolean isChunked() {
        return producer.isChunked();
    }

    @Override
    public @Nullable Set<String> getTrailerNames() {
        return producer.getTrailerNames();
    }
}
