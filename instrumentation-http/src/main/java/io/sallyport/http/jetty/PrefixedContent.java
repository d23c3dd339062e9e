package io.sallyport.http.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A body that is too long to be looked at: what was read of it, and then the rest. */
final class PrefixedContent implements Request.Content {

    private final Request.Content content;
    private byte @Nullable [] prefix;

    PrefixedContent(Request.Content content, byte[] prefix) {
        this.content = content;
        this.prefix = prefix;
    }

    @Override
    public @Nullable String getContentType() {
        return content.getContentType();
    }

    @Override
    public long getLength() {
        return content.getLength();
    }

    @Override
    public Content.@Nullable Chunk read() {
        byte[] first = prefix;
        if (first == null) {
            return content.read();
        }
        prefix = null;
        return Content.Chunk.from(ByteBuffer.wrap(first), false);
    }

    @Override
    public void demand(Runnable callback) {
        if (prefix == null) {
            content.demand(callback);
        } else {
            callback.run();
        }
    }

    @Override
    public void fail(Throwable failure) {
        content.fail(failure);
    }

    @Override
    public boolean rewind() {
        return false;
    }
}
