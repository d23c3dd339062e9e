package io.sallyport.core.policy;

import org.jspecify.annotations.Nullable;

/** The policy in force. Thread-safe; a volatile read. */
public interface PolicySource {

    PolicySnapshot current();

    /** The same for callers that must not wait: {@code null} while there is none yet. */
    default @Nullable PolicySnapshot known() {
        return current();
    }
}
