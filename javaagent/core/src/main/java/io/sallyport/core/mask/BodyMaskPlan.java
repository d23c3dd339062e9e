package io.sallyport.core.mask;

import org.jspecify.annotations.Nullable;

/** The masks that a policy demands for response bodies of one target. Thread-safe. */
public interface BodyMaskPlan {

    /** Nothing is masked; compare by identity. */
    BodyMaskPlan NONE = contentType -> null;

    /**
     * A masker for one response.
     *
     * @param contentType value of the {@code Content-Type} header, or {@code null}
     * @return {@code null} when a body of this type passes untouched
     */
    @Nullable
    BodyMasker masker(@Nullable String contentType);
}
