package io.sallyport.core.policy;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where keys for masking functions come from. Implemented outside the core, which does no I/O. */
@FunctionalInterface
public interface KeySource {

    /** Has no key: a policy that names one is refused. */
    KeySource NONE = reference -> null;

    /**
     * Stands in for every key when a policy is only to be checked (control plane, {@code validate}). A policy that was loaded with
     * it must never decide a call.
     */
    KeySource PLACEHOLDER =
            reference -> ("placeholder for " + reference + " ................").getBytes(StandardCharsets.UTF_8);

    /**
     * @param reference {@code env:NAME}, {@code file:PATH} or {@code control-plane}
     * @return the key's bytes, at least 16 of them, or {@code null} when there is no such key
     */
    byte @Nullable [] resolve(String reference);
}
