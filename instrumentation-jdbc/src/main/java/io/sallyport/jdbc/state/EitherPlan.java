package io.sallyport.jdbc.state;

import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.ResultColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The masks for a result of which nobody can tell which of several executions it belongs to: a column that any of them masks is masked, and
 * one that they mask in different ways is left out. Thread-safe.
 */
final class EitherPlan implements ColumnMaskPlan {

    /** Executions that fail one after the other could go on for ever; of more than these nothing is shown. */
    private static final int MOST = 8;

    private static final ColumnMask NOTHING = new ColumnMask() {
        @Override
        public String rule() {
            return "unknown-execution";
        }

        @Override
        public @Nullable Object apply(@Nullable Object value, Class<?> requested) {
            return null;
        }
    };

    /** Leaves out every column. */
    private static final ColumnMaskPlan WITHHOLDS = columns -> {
        @Nullable ColumnMask[] all = new @Nullable ColumnMask[columns.size()];
        Arrays.fill(all, NOTHING);
        return all;
    };

    private final List<ColumnMaskPlan> plans;

    private EitherPlan(List<ColumnMaskPlan> plans) {
        this.plans = plans;
    }

    @SuppressWarnings("ReferenceEquality") // plans are told apart by identity
    static ColumnMaskPlan of(ColumnMaskPlan one, ColumnMaskPlan other) {
        if (one == other || other == ColumnMaskPlan.NONE || one == WITHHOLDS) {
            return one;
        } else if (one == ColumnMaskPlan.NONE) {
            return other;
        }
        List<ColumnMaskPlan> known = one instanceof EitherPlan several ? several.plans : List.of(one);
        if (known.contains(other)) {
            return one;
        }
        if (known.size() == MOST) {
            return WITHHOLDS;
        }
        List<ColumnMaskPlan> all = new ArrayList<>(known);
        all.add(other);
        return new EitherPlan(List.copyOf(all));
    }

    @Override
    public @Nullable ColumnMask @Nullable [] bind(List<ResultColumn> columns) {
        @Nullable ColumnMask @Nullable [] bound = null;
        for (ColumnMaskPlan plan : plans) {
            @Nullable ColumnMask @Nullable [] masks = plan.bind(columns);
            if (masks != null) {
                bound = bound == null ? masks.clone() : either(bound, masks);
            }
        }
        return bound;
    }

    private static @Nullable ColumnMask[] either(@Nullable ColumnMask[] ones, @Nullable ColumnMask[] others) {
        @Nullable ColumnMask[] both = new @Nullable ColumnMask[ones.length];
        for (int i = 0; i < both.length; i++) {
            ColumnMask one = ones[i];
            ColumnMask other = others[i];
            if (one == null || other == null) {
                both[i] = one == null ? other : one;
            } else {
                both[i] = one.rule().equals(other.rule()) ? one : NOTHING;
            }
        }
        return both;
    }
}
