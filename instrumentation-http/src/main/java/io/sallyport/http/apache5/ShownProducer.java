package io.sallyport.http.apache5;

import io.sallyport.http.SentBody;
import java.io.IOException;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** A body of which a record is made as its producer writes it. */
record ShownProducer(AsyncEntityProducer producer, SentBody body) implements AsyncEntityProducer {

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        producer.produce(new ShownChannel(channel, body));
    }

    @Override
    public int available() {
        return producer.available();
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
