package io.sallyport.core.policy.decide;

import io.sallyport.core.policy.rule.condition.RowsCondition.Counted;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.RowLimits;
import io.sallyport.core.verdict.TransactionTally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The guards with {@code rows} that meet one call in everything but the number. */
final class RowRules implements RowLimits {
    private final List<BoundGuard> guards;
    private final LateDecision late;

    private RowRules(List<BoundGuard> guards, LateDecision late) {
        this.guards = List.copyOf(guards);
        this.late = late;
    }

    static RowLimits of(List<BoundGuard> guards, LateDecision late) {
        return guards.isEmpty() ? NONE : new RowRules(guards, late);
    }

    @Override
    public long returned(long beyond) {
        long least = Long.MAX_VALUE;
        for (BoundGuard guard : guards) {
            if (guard.counts(Counted.RETURNED) && guard.most() >= beyond) {
                least = Math.min(least, guard.most());
            }
        }
        return least;
    }

    @Override
    public @Nullable Decision onReturned(long limit) {
        List<BoundGuard> exceeded = new ArrayList<>();
        for (BoundGuard guard : guards) {
            if (guard.counts(Counted.RETURNED) && guard.most() == limit) {
                exceeded.add(guard);
            }
        }
        return exceeded.isEmpty() ? null : late.of(exceeded, true);
    }

    @Override
    public boolean countChanges() {
        for (BoundGuard guard : guards) {
            if (!guard.counts(Counted.RETURNED)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Decision onChanged(long rows, TransactionTally tally, boolean undoable) {
        List<BoundGuard> exceeded = new ArrayList<>();
        for (BoundGuard guard : guards) {
            boolean together = guard.counts(Counted.CHANGED_IN_TRANSACTION);
            long counted = together ? tally.add(guard.rule.name(), rows) : rows;
            if ((together || guard.counts(Counted.CHANGED_BY_STATEMENT)) && counted > guard.most()) {
                exceeded.add(guard);
            }
        }
        return exceeded.isEmpty() ? null : late.of(exceeded, undoable);
    }
}
