package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.jdbc.state.StatementState;
import io.sallyport.weaving.StateField;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A result set with something to mask. The plan is bound to the result's columns at the first read; a result of which no column is
 * masked is let go for good. As thread-safe as the result set.
 */
public final class ResultState implements SallyportReader {

    private final ColumnMaskPlan plan;
    private final StatementState statement;
    private final @Nullable RowCounter counter;
    private final Map<String, Integer> labels = new HashMap<>();
    private @Nullable ColumnMask @Nullable [] masks;
    private boolean bound;
    /**
     * The thread inside a getter, which calls other getters: only the outermost masks, since drivers parse what inner ones return.
     * A thread that finds another one here masks for itself. Plain on purpose: a thread sees itself here only if it wrote itself,
     * and a race of two threads on one result makes inner values masked, never outer ones clear.
     */
    private @Nullable Thread inside;

    private boolean nullByMask;

    private ResultState(ColumnMaskPlan plan, StatementState statement, @Nullable RowCounter counter) {
        this.plan = plan;
        this.statement = statement;
        this.counter = counter;
        this.bound = plan == ColumnMaskPlan.NONE;
    }

    /** The state of a result of the last execution of {@code statement}. */
    public static Object demandedBy(Obligations obligations, StatementState statement) {
        RowCounter counter = RowCounter.of(obligations, statement);
        return obligations.columns() == ColumnMaskPlan.NONE && counter == null
                ? SallyportGate.NOTHING
                : new ResultState(obligations.columns(), statement, counter);
    }

    public StatementState statement() {
        return statement;
    }

    @Override
    public @Nullable Object enter(Object carrier, @Nullable Object column) {
        Thread caller = Thread.currentThread();
        if (inside == caller) {
            return null;
        }
        if (!bound) {
            inside = caller;
            try {
                bind((ResultSet) carrier);
            } finally {
                inside = null;
            }
            if (isClear() && counter == null) {
                StateField.set(carrier, SallyportGate.NOTHING);
                return null;
            }
        }
        // What looks like a column may be the argument of absolute() or relative(), which a limit has to count.
        if (counter == null && isClear(column)) {
            // Most cells of a result with a masked column: no token, so the exit does nothing and nothing is allocated.
            nullByMask = false;
            return null;
        }
        inside = caller;
        return this;
    }

    /** Whether the column is known to carry no mask. */
    private boolean isClear(@Nullable Object column) {
        @Nullable ColumnMask[] all = masks;
        if (all == null || column == null) {
            return false;
        }
        int index = 0;
        if (column instanceof Integer given) {
            index = given;
        } else if (column instanceof String label) {
            Integer known = labels.get(label);
            index = known == null ? 0 : known;
        }
        return index >= 1 && index <= all.length && all[index - 1] == null;
    }

    @Override
    public @Nullable Object exit(
            Object token,
            Object carrier,
            String method,
            String returnType,
            Object[] arguments,
            @Nullable Object value,
            @Nullable Throwable thrown) {
        try {
            if (RowCounter.MOVES.contains(method)) {
                if (counter != null && thrown == null && Boolean.TRUE.equals(value)) {
                    counter.moved((ResultSet) carrier, method.equals("next"));
                }
                return value;
            }
            if (method.equals("wasNull")) {
                return nullByMask ? Boolean.TRUE : value;
            }
            if (isClear()) {
                return value;
            }
            ColumnMask mask = mask((ResultSet) carrier, arguments);
            if (mask == null) {
                nullByMask = false;
                return value;
            }
            if (thrown != null) {
                throw Sneaky.raise(MaskedReads.withoutValue(thrown));
            }
            return masked(mask, (ResultSet) carrier, returnType, arguments, value);
        } catch (SQLException refused) {
            throw Sneaky.raise(refused);
        } finally {
            inside = null;
        }
    }

    private boolean isClear() {
        return bound && masks == null;
    }

    /** The driver works on the row itself and calls its own getters meanwhile; answers whether {@link #resume} must follow. */
    public boolean suspend() {
        if (inside == Thread.currentThread()) {
            return false;
        }
        inside = Thread.currentThread();
        return true;
    }

    public void resume() {
        inside = null;
    }

    /** Whether a column is masked; {@code true} where that cannot be told. */
    public boolean isMasked(ResultSet result, Object column) {
        if (enter(result, null) == null) {
            return false;
        }
        try {
            return !isClear() && mask(result, new Object[] {column}) != null;
        } finally {
            inside = null;
        }
    }

    /** Whether any column is masked. */
    public boolean masksAny(ResultSet result) {
        if (enter(result, null) == null) {
            return false;
        }
        inside = null;
        // Nor may a method that shows everything go past a limit on rows.
        return counter != null || !isClear();
    }

    private @Nullable Object masked(
            ColumnMask mask, ResultSet result, String returnType, Object[] arguments, @Nullable Object value) {
        boolean primitive = MaskedReads.isPrimitive(returnType);
        if (value == null || (primitive && MaskedReads.isZero(value) && wasNull(result))) {
            nullByMask = false;
            return value;
        }
        Object masked = MaskedReads.apply(mask, value, MaskedReads.requested(arguments), returnType, result);
        nullByMask = masked == null;
        return masked == null && primitive ? MaskedReads.zero(returnType) : masked;
    }

    private static boolean wasNull(ResultSet result) {
        try {
            return result.wasNull();
        } catch (SQLException unknown) {
            return false;
        }
    }

    private @Nullable ColumnMask mask(ResultSet result, Object[] arguments) {
        @Nullable ColumnMask[] all = masks;
        if (all == null) {
            // The columns could not be found out: nothing is shown.
            return Withheld.MASK;
        }
        int column = column(result, arguments.length == 0 ? null : arguments[0]);
        return column < 1 || column > all.length ? Withheld.MASK : all[column - 1];
    }

    /** The driver's own resolution of a label, kept per result set; 0 where there is no such column. */
    private int column(ResultSet result, @Nullable Object column) {
        if (column instanceof Integer index) {
            return index;
        }
        if (!(column instanceof String label)) {
            return 0;
        }
        Integer known = labels.get(label);
        if (known == null) {
            try {
                known = result.findColumn(label);
            } catch (SQLException noSuchColumn) {
                known = 0;
            }
            labels.put(label, known);
        }
        return known;
    }

    private void bind(ResultSet result) {
        try {
            masks = plan.bind(columns(result.getMetaData()));
            bound = true;
        } catch (SQLException | RuntimeException unknown) {
            masks = null;
        }
    }

    private List<ResultColumn> columns(ResultSetMetaData about) throws SQLException {
        boolean baseNames = statement.connection().baseNamesFree();
        int count = about.getColumnCount();
        List<ResultColumn> columns = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            columns.add(
                    baseNames
                            ? new ResultColumn(
                                    about.getColumnLabel(i),
                                    BaseNames.schema(about, i, statement.connection()),
                                    BaseNames.emptyToNull(about.getTableName(i)),
                                    BaseNames.emptyToNull(about.getColumnName(i)),
                                    ColumnTypes.of(about, i, statement.connection()))
                            : new ResultColumn(
                                    about.getColumnLabel(i),
                                    null,
                                    null,
                                    null,
                                    ColumnTypes.of(about, i, statement.connection())));
        }
        return columns;
    }
}
