package io.sallyport.http.apache4;

import io.sallyport.http.answer.MaskedAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/** A body that is masked while it is read. */
final class MaskedEntity extends HttpEntityWrapper {

    private final MaskedAnswer answer;
    private @Nullable InputStream content;

    MaskedEntity(HttpEntity body, MaskedAnswer answer) {
        super(body);
        this.answer = answer;
    }

    @Override
    public InputStream getContent() throws IOException {
        InputStream known = content;
        if (known == null) {
            known = answer.over(wrappedEntity.getContent());
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
        return answer.changes() ? -1 : wrappedEntity.getContentLength();
    }

    @Override
    public @Nullable Header getContentEncoding() {
        return answer.untrue("content-encoding") ? null : wrappedEntity.getContentEncoding();
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
