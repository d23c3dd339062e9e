package io.sallyport.jdbc.state;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The pool that a connection belongs to, as far as those who let its callers wait should know. */
public interface PoolLink {

    /** Whether the pool is {@code source}. */
    boolean isOf(Object source);

    /** What happens, by the pool's own settings, before a call has waited so long; {@code null} for nothing. */
    @Nullable
    String exceededBy(Duration wait);
}
