package io.sallyport.http.apache5;

import io.sallyport.http.OutgoingBody;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** The body of a request of the classic client. */
final class EntityBody extends OutgoingBody {

    private final ClassicHttpRequest request;
    private final HttpEntity entity;

    private EntityBody(ClassicHttpRequest request, HttpEntity entity) {
        this.request = request;
        this.entity = entity;
    }

    static @Nullable EntityBody of(HttpRequest request) {
        return request instanceof ClassicHttpRequest classic && classic.getEntity() != null
                ? new EntityBody(classic, classic.getEntity())
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
            request.setEntity(new ByteArrayEntity(
                    bytes,
                    0,
                    bytes.length,
                    entity.getContentType() == null
                            ? null
                            : org.apache.hc.core5.http.ContentType.parseLenient(entity.getContentType()),
                    entity.getContentEncoding(),
                    entity.isChunked()));
        }
    }
}
