package io.sallyport.core.hold;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is around a call and not in it. Asked once the call turns out to wait. Thread-safe. */
public interface Situation {

    Situation PLAIN = new Situation() {
        @Override
        public @Nullable String circumstances(Duration wait) {
            return null;
        }

        @Override
        public String context() {
            return "";
        }
    };

    /** What approvers should know of a caller that waits so long, such as an open transaction; {@code null} for nothing. */
    @Nullable
    String circumstances(Duration wait);

    /**
     * What else decides what the call does: where its session looks for names, whose rights it has. Calls in different contexts are different calls, and
     * an approval holds in that in which it was asked for. The same text for the same context, on whatever connection; empty for the usual one.
     */
    String context();
}
