package io.sallyport.core.record;

import org.jspecify.annotations.Nullable;

/**
 * What the application says about the work that the calling thread does. Implemented outside the core, which knows no tracing library.
 * Thread-safe; never throws, and allocates nothing where the application's library does not.
 */
public interface TraceContext {

    /** Knows nothing. */
    TraceContext NONE = new TraceContext() {
        @Override
        public @Nullable String traceId() {
            return null;
        }

        @Override
        public @Nullable String user() {
            return null;
        }
    };

    /** The trace id (W3C Trace Context, 32 hex digits) that the calling thread works under; {@code null} for none. */
    @Nullable
    String traceId();

    /** The person for whom the calling thread works, by the application's word; {@code null} where it does not say. */
    @Nullable
    String user();

    /** Why the work is done, by the application's or its operator's word; {@code null} where nobody says. */
    default @Nullable String reason() {
        return null;
    }
}
