package io.sallyport.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A prolonged credential.
 *
 * @param certificate as in {@link EnrollResponse}
 * @param expires as in {@link EnrollResponse}
 */
public record RenewResponse(
        @Nullable String certificate, @Nullable Instant expires) {}
