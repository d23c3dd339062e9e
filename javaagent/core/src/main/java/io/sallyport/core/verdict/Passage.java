package io.sallyport.core.verdict;

import io.sallyport.core.command.Command;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.record.Answered;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An admitted call, from the verdict to its result. Not thread-safe, but may be handed from one thread to another.
 *
 * <p>Exactly one of {@code completed} and {@link #failed} is called once the target has answered.
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

    /** The same, where more is known of the answer. */
    default void completed(Answered answer) {
        completed(answer.rows());
    }

    /** Whether anything is written down of the answer: what only the record asks for need not be found out where it is not. */
    default boolean isRecorded() {
        return true;
    }

    /** The target's answer is there, and {@code completed} follows when the application has read it: the call's duration ends here. */
    default void answered() {}

    /**
     * Whether a sample of the rows that the application reads is to be recorded, and what must be done to its values before: what one caller
     * may see is still hidden from those who read the record.
     *
     * @return {@code null}: no sample
     */
    default @Nullable ColumnMaskPlan rowsSampledUnder() {
        return null;
    }

    /** Names of the mask rules that can meet the answer. */
    default List<String> masked() {
        return List.of();
    }

    /**
     * Whether a sample of an HTTP answer's body is to be recorded, and what must be done to it before: a value that one caller may see is
     * still none for those who read the record.
     *
     * @return {@code null}: no sample; {@link BodyMaskPlan#NONE}: the body as the caller saw it
     */
    default @Nullable BodyMaskPlan sampledUnder() {
        return null;
    }

    /**
     * Whether the beginning of an HTTP request's body is to be recorded, and what must be done to it before.
     *
     * @return {@code null}: no; {@link BodyMaskPlan#NONE}: as it is sent
     */
    default @Nullable BodyMaskPlan sentUnder() {
        return null;
    }

    /**
     * The body is on its way.
     *
     * @param beginning tells, once the call ends, what of it may be written down; {@code null} for nothing
     */
    default void sends(Supplier<@Nullable String> beginning) {}

    /** The target, the driver or the client failed. */
    void failed(@Nullable Throwable error);
}
