package io.sallyport.http.apache5;

import io.sallyport.http.HttpCall;
import io.sallyport.http.SentBody;
import java.io.IOException;
import java.util.Set;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * A body of which a record is made as its producer writes it: by then everything is decided, also what interceptors of the client have changed on
 * the way. A connection asks for its pieces one after another.
 */
final class ShownProducer implements AsyncEntityProducer {

    private final AsyncEntityProducer producer;
    private final HttpCall call;
    private final HttpRequest request;
    private boolean begun;
    private @Nullable SentBody body;

    ShownProducer(AsyncEntityProducer producer, HttpCall call, HttpRequest request) {
        this.producer = producer;
        this.call = call;
        this.request = request;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (!begun) {
            begun = true;
            body = ApacheRequest.shown(call, request);
        }
        SentBody shown = body;
        producer.produce(shown == null ? channel : new ShownChannel(channel, shown));
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
