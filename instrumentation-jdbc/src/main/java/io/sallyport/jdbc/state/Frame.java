package io.sallyport.jdbc.state;

import io.sallyport.core.sql.SqlAnalysis;
import org.jspecify.annotations.Nullable;

/** A call that a thread is inside of on one connection. Links itself into {@link Frames}. */
public abstract class Frame {

    final Thread owner = Thread.currentThread();
    volatile boolean left;

    @Nullable
    Frame below;

    /** Whether {@code inner}, called from inside this frame, is part of what was admitted already. */
    public abstract boolean covers(SqlAnalysis inner);

    /** Whether {@code inner} is the very text that was admitted. */
    public abstract boolean isSame(SqlAnalysis inner);
}
