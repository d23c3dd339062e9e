package io.sallyport.http.apache5;

import io.sallyport.http.answer.MaskedAnswer;
import java.util.Set;
import org.apache.hc.core5.http.EntityDetails;
import org.jspecify.annotations.Nullable;

/** What may be said beforehand of a body that is masked. */
record MaskedDetails(EntityDetails entity, MaskedAnswer answer) implements EntityDetails {

    @Override
    public long getContentLength() {
        return answer.changes() ? -1 : entity.getContentLength();
    }

    @Override
    public @Nullable String getContentType() {
        return entity.getContentType();
    }

    @Override
    public @Nullable String getContentEncoding() {
        return answer.untrue("content-encoding") ? null : entity.getContentEncoding();
    }

    @Override
    public boolean isChunked() {
        return answer.changes() || entity.isChunked();
    }

    @Override
    public Set<String> getTrailerNames() {
        return entity.getTrailerNames();
    }
}
