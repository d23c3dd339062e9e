package io.sallyport.http.apache4;

import io.sallyport.http.OutgoingBody;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpRequest;
import org.apache.http.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** The body of a request. */
final class EntityBody extends OutgoingBody {

    private final HttpEntityEnclosingRequest request;
    private final HttpEntity entity;

    private EntityBody(HttpEntityEnclosingRequest request, HttpEntity entity) {
        this.request = request;
        this.entity = entity;
    }

    static @Nullable EntityBody of(HttpRequest request) {
        return request instanceof HttpEntityEnclosingRequest enclosing && enclosing.getEntity() != null
                ? new EntityBody(enclosing, enclosing.getEntity())
                : null;
    }

    @Override
    protected void produce(OutputStream to) throws IOException {
        demandReadable(entity.getContentLength(), entity.isRepeatable());
        entity.writeTo(to);
    }

    /** From now on the request has the body that was read. */
    void replace() {
        byte[] bytes = captured();
        if (bytes != null) {
            ByteArrayEntity read = new ByteArrayEntity(bytes);
            read.setContentType(entity.getContentType());
            read.setContentEncoding(entity.getContentEncoding());
            read.setChunked(entity.isChunked());
            request.setEntity(read);
        }
    }
}
