package io.sallyport.core.verdict;

import io.sallyport.core.command.Command;
import io.sallyport.core.hold.HoldRequest;
import org.jspecify.annotations.Nullable;

/**
 * An admitted call, from the verdict to its result. Not thread-safe, but may be handed from one thread to another.
 *
 * <p>Exactly one of {@link #completed} and {@link #failed} is called once the target has answered.
 */
public interface Passage {

    /** What is to be sent: the caller's command, or the one the policy put in its place. */
    Command command();

    /** What must be done to the answer. */
    Obligations obligations();

    /** What must be approved before the transaction of the call may be committed; {@code null} for nothing. */
    default @Nullable HoldRequest owed() {
        return null;
    }

    /** The target answered. {@code rows} is the number of rows changed, or of rows read where that is known, else -1. */
    void completed(long rows);

    /** The target, the driver or the client failed. */
    void failed(@Nullable Throwable error);
}
