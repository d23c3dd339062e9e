package io.sallyport.core.verdict;

import org.jspecify.annotations.Nullable;

/**
 * What the policy says about numbers of rows, which nobody knows before the statement has been sent. The module that runs the
 * statement counts, asks here, and hands a decision that it gets to {@link Gate#exceeded}. Immutable and thread-safe.
 */
public interface RowLimits {
    /** No rule speaks of rows. Compare by identity. */
    RowLimits NONE = new RowLimits() {
        @Override
        public long returned(long beyond) {
            return Long.MAX_VALUE;
        }

        @Override
        public @Nullable Decision onReturned(long limit) {
            return null;
        }

        @Override
        public boolean countChanges() {
            return false;
        }

        @Override
        public @Nullable Decision onChanged(long rows, TransactionTally tally, boolean undoable) {
            return null;
        }
    };

    /** The lowest number of rows at least {@code beyond} that a result may have before {@link #onReturned} is asked. */
    long returned(long beyond);

    /** A result turns out to have more rows than {@code limit}, a value that {@link #returned} gave. */
    @Nullable
    Decision onReturned(long limit);

    /** Whether a rule speaks of changed rows at all. */
    boolean countChanges();

    /**
     * A statement has changed {@code rows}.
     *
     * @param tally of the statement's transaction; the rows are added to it
     * @param undoable whether the transaction can still be rolled back; where it cannot, asking people is of no use, and a rule that
     *     wants it refuses
     * @return {@code null} when no limit is exceeded
     */
    @Nullable
    Decision onChanged(long rows, TransactionTally tally, boolean undoable);
}
