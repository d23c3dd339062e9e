package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Command;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.shape.ShapeBook;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code newShape}: the statement's shape was not seen from this place in the code while the book was learning. Learns what meets the
 * rule's other keys; what comes after the learning period stays new, whatever became of it. Walks the stack of every statement that it
 * is asked about, which costs microseconds. {@link Truth#UNKNOWN} of a shape that is not in a book that could not take all it saw.
 *
 * @param learning from the first statement that any such rule of this workload was asked about; kept over restarts
 */
public record NewShapeCondition(ShapeBook book, Duration learning) implements Condition {
    @Override
    public String key() {
        return "newShape";
    }

    @Override
    public Subject subject() {
        return Subject.STATEMENT;
    }

    @Override
    public Truth judge(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        if (!(command instanceof SqlCommand sql)) {
            return Truth.NO;
        }
        Caller caller = sql.caller();
        if (caller.sampled() || caller.callSite() == null) {
            caller = caller.exact();
        }
        boolean isNew = book.isNew(
                sql.target().url(),
                withoutLine(caller.callSite()),
                sql.analysis().fingerprint(),
                now,
                learning);
        return isNew && !book.isWhole() ? Truth.UNKNOWN : Truth.of(isNew);
    }

    private static String withoutLine(@Nullable String site) {
        if (site == null) {
            return "";
        }
        int colon = site.lastIndexOf(':');
        return colon < 0 ? site : site.substring(0, colon);
    }
}
