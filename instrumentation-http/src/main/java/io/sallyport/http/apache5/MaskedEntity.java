package io.sallyport.http.apache5;

import io.sallyport.http.answer.MaskedAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/** A body that is masked while it is read. */
final class MaskedEntity extends HttpEntityWrapper {

    private final HttpEntity body;
    private final MaskedAnswer answer;
    private @Nullable InputStream content;

    MaskedEntity(HttpEntity body, MaskedAnswer answer) {
        super(body);
        this.body = body;
        this.answer = answer;
    }

    @Override
    public InputStream getContent() throws IOException {
        InputStream known = content;
        if (known == null) {
            InputStream raw = body.getContent();
            InputStream masked = answer.over(raw);
            known = raw instanceof ChunkedInputStream chunks ? new MaskedChunks(masked, chunks, answer) : masked;
            content = known;
        }
        return known;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = getContent()) {
            in.transferTo(out);
        }
    }

    @Override
    public long getContentLength() {
        return answer.changes() ? -1 : body.getContentLength();
    }

    @Override
    public @Nullable String getContentEncoding() {
        return answer.untrue("content-encoding") ? null : body.getContentEncoding();
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }
}
