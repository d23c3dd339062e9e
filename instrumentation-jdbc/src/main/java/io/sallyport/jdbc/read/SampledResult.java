package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.jdbc.state.StatementState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A result whose values are written down as the application reads them ({@code record.level: full}). It masks, counts and refuses as every
 * other; each outermost getter is told to a {@link ReadRows}. A class of its own, so that other results pay nothing. As thread-safe as the
 * result set.
 */
final class SampledResult extends ResultState {

    private final ReadRows rows;
    /** What must be done to a value before it is written down, whoever reads it: by column, {@code null} for a clear one. */
    private @Nullable ColumnMask @Nullable [] recorded;

    private List<ResultColumn> columns = List.of();
    private boolean known;
    /** Columns of the row that were read: an application that asks twice has still seen one value. */
    private final BitSet read = new BitSet();
    /** Like {@link ResultState}'s: a thread inside a getter, whose inner calls are the driver's. */
    private @Nullable Thread reading;

    SampledResult(ColumnMaskPlan plan, StatementState statement, @Nullable RowCounter counter, ReadRows rows) {
        super(plan, statement, counter);
        this.rows = rows;
    }

    @Override
    public @Nullable SallyportReader enter(Object carrier, @Nullable Object column) {
        return enter(carrier, column, false);
    }

    @Override
    public @Nullable SallyportReader enterAsking(Object carrier, @Nullable Object column) {
        return enter(carrier, column, true);
    }

    private @Nullable SallyportReader enter(Object carrier, @Nullable Object column, boolean asks) {
        if (reading == Thread.currentThread()) {
            return asks ? super.enterAsking(carrier, column) : super.enter(carrier, column);
        }
        reading = Thread.currentThread();
        try {
            // An object for each call: another thread's getter must not end with this one's mask.
            return new Getter(asks ? super.enterAsking(carrier, column) : super.enter(carrier, column));
        } catch (RuntimeException | Error e) {
            reading = null;
            throw e;
        }
    }

    @Override
    public @Nullable SallyportReader enter(Object carrier, int column) {
        return enter(carrier, (Object) column);
    }

    /** Its values are clear, but read. */
    @Override
    void letGo(Object carrier) {}

    private final class Getter implements SallyportReader {

        private final @Nullable SallyportReader masking;

        Getter(@Nullable SallyportReader masking) {
            this.masking = masking;
        }

        /** Never called: getters begin at the result. */
        @Override
        public @Nullable SallyportReader enter(Object carrier, @Nullable Object column) {
            return SampledResult.this.enter(carrier, column);
        }

        @Override
        public @Nullable Object exit(
                Object carrier,
                String method,
                String returnType,
                @Nullable Object column,
                @Nullable Object second,
                @Nullable Object value,
                @Nullable Throwable thrown) {
            try {
                Object seen = masking == null
                        ? value
                        : masking.exit(carrier, method, returnType, column, second, value, thrown);
                if (thrown == null) {
                    saw((ResultSet) carrier, method, returnType, column, value, seen);
                }
                return seen;
            } finally {
                reading = null;
            }
        }
    }

    /** Never throws: what is written down is no reason for a getter to fail. */
    private void saw(
            ResultSet result,
            String method,
            String returnType,
            @Nullable Object column,
            @Nullable Object value,
            @Nullable Object seen) {
        try {
            if (RowCounter.MOVES.contains(method)) {
                moved(method, Boolean.TRUE.equals(seen));
            } else if (column != null) {
                cell(result, column, returnType, value, seen);
            }
        } catch (RuntimeException unknown) {
            // The value is missing in the sample.
        }
    }

    private void moved(String method, boolean onRow) {
        read.clear();
        if (onRow) {
            rows.row();
        } else if (method.equals("next")) {
            rows.exhausted();
        }
    }

    private void cell(
            ResultSet result, Object column, String returnType, @Nullable Object value, @Nullable Object seen) {
        bind(result);
        int index = columns().index(result, column);
        if (index < 1 || read.get(index)) {
            return;
        }
        read.set(index);
        ColumnMask mask = columns().mask(index);
        String rule = mask == null || value == null || Objects.equals(value, seen) ? null : mask.rule();
        if (!known || index > columns.size()) {
            String name = "column " + index;
            rows.cell(name, new ResultColumn(name, null, null, null), seen, null, false, rule);
            return;
        }
        ColumnMask always = recorded == null ? null : recorded[index - 1];
        if (always == null || seen == null || mask != null && mask.rule().equals(always.rule())) {
            rows.cell("column " + index, columns.get(index - 1), seen, seen, true, rule);
        } else {
            // This caller may see what others who read the record may not.
            Object shown = MaskedReads.apply(always, seen, null, returnType, result);
            rows.cell("column " + index, columns.get(index - 1), seen, shown, shown != null, rule);
        }
    }

    private void bind(ResultSet result) {
        if (known || !columns.isEmpty()) {
            return;
        }
        try {
            columns = columns().of(result.getMetaData());
            recorded = rows.plan().bind(columns);
            known = true;
        } catch (SQLException unknown) {
            columns = List.of(new ResultColumn("", null, null, null));
        }
    }
}
