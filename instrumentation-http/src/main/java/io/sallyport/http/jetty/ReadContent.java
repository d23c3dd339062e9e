package io.sallyport.http.jetty;

import io.sallyport.http.OutgoingBody;
import org.eclipse.jetty.client.BytesRequestContent;
import org.jspecify.annotations.Nullable;

/** A body that was read as a whole before it is sent. */
final class ReadContent extends BytesRequestContent {

    private final OutgoingBody seen;

    ReadContent(@Nullable String contentType, byte[] bytes) {
        super(contentType, bytes);
        this.seen = OutgoingBody.of(bytes);
    }

    OutgoingBody seen() {
        return seen;
    }
}
