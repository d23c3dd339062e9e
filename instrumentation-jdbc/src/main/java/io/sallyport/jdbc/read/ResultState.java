package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.jdbc.execute.WithheldErrors;
import io.sallyport.jdbc.state.StatementState;
import io.sallyport.weaving.StateField;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result set with something to mask. The plan is bound to the result's columns at the first read; a result of which no column is
 * masked, and whose rows are all there, is let go for good. As thread-safe as the result set.
 */
public class ResultState implements SallyportReader {

    private final ColumnMaskPlan plan;
    private final StatementState statement;
    private final @Nullable RowCounter counter;
    private final ColumnLabels labels = new ColumnLabels();
    /** One for each masked column, {@code null} for a clear one; {@code null} as long as, or if, the columns are not known. */
    // Volatile, so that whoever sees the array sees what is in it: an entry that is not there yet would read as a clear
    // column.
    private volatile @Nullable ColumnReader @Nullable [] readers;

    /** The columns are known, and none of them is masked. */
    private boolean clear;

    private boolean bound;
    /**
     * The thread inside a getter, which calls other getters: only the outermost masks, since drivers parse what inner ones return. An {@link Asking}
     * of it where the getter may run the application's code. A thread that finds another one here masks for itself. Plain on purpose: a thread sees
     * itself here only if it wrote itself, and a race of two threads on one result makes inner values masked, never outer ones clear. Written last
     * by whoever enters: what fails before leaves nothing behind.
     */
    private @Nullable Object inside;

    private boolean nullByMask;

    /** Whether the driver hands values to classes of the application's; then it is told who reads. See {@link HiddenObjects}. */
    private final boolean builds;

    /** Whether {@link #inside} left a value out that was not NULL. */
    private boolean hidden;

    ResultState(ColumnMaskPlan plan, StatementState statement, @Nullable RowCounter counter) {
        this.plan = plan;
        this.statement = statement;
        this.counter = counter;
        this.builds = statement.connection().buildsObjects();
        this.bound = plan == ColumnMaskPlan.NONE;
        this.clear = bound;
    }

    /**
     * The state of a result of the last execution of {@code statement}.
     *
     * @param before the state that the same object had: asking for a result again does not begin its rows anew
     */
    public static Object demandedBy(Obligations obligations, StatementState statement, @Nullable Object before) {
        RowCounter counter =
                RowCounter.of(obligations, statement, before instanceof ResultState known ? known.counter : null);
        if (statement.reading() instanceof ReadRows rows) {
            return new SampledResult(obligations.columns(), statement, counter, rows);
        }
        return obligations.columns() == ColumnMaskPlan.NONE && counter == null
                ? SallyportGate.NOTHING
                : new ResultState(obligations.columns(), statement, counter);
    }

    public StatementState statement() {
        return statement;
    }

    @Override
    public @Nullable SallyportReader enter(Object carrier, @Nullable Object column) {
        Thread caller = Thread.currentThread();
        Object before = inside;
        if (before != null && Asking.isPart(before, carrier, caller)) {
            return null;
        }
        if (!bound) {
            inside = caller;
            try {
                bind((ResultSet) carrier);
            } finally {
                inside = before;
            }
            if (clear && counter == null && !makesRowsLate((ResultSet) carrier)) {
                letGo(carrier);
                return null;
            }
        }
        if (clear && counter == null && column != null) {
            return null;
        }
        // What looks like a column may be the argument of absolute() or relative(), which a limit has to count.
        if (counter == null && column != null) {
            return enterColumn(carrier, builds ? column((ResultSet) carrier, column) : labels.known(column));
        }
        if (builds && column != null) {
            statement.connection().reading(reader((ResultSet) carrier, column));
        }
        return entered(this, before, caller);
    }

    @Override
    public @Nullable SallyportReader enterAsking(Object carrier, @Nullable Object column) {
        SallyportReader reader = enter(carrier, column);
        if (reader != null) {
            inside = new Asking(Thread.currentThread());
        }
        return reader;
    }

    /** @param before what was {@link #inside} */
    private SallyportReader entered(SallyportReader reader, @Nullable Object before, Thread caller) {
        SallyportReader told = Asking.isOf(before, caller) ? new Reentered(reader, () -> inside = before) : reader;
        inside = builds && LoggedReads.areTold() ? new Asking(caller) : caller;
        return told;
    }

    /**
     * Whether rows may be made only as they are asked for, so that an error can still come of them and quote what masked columns hold: pgjdbc
     * and the drivers for MySQL fetch in portions where there is a size for them, H2 computes a lazy query row by row, SQLite any.
     */
    private boolean makesRowsLate(ResultSet result) {
        try {
            return result.getFetchSize() != 0
                    || statement.connection().target().vendor().equals("sqlite");
        } catch (SQLException unknown) {
            return true;
        }
    }

    /** Nothing is to be done to this result, nor counted. */
    void letGo(Object carrier) {
        StateField.set(carrier, SallyportGate.NOTHING);
    }

    /** What masks that column; {@code null} where nothing does. The columns are known. */
    @Nullable
    ColumnMask mask(int index) {
        @Nullable ColumnReader[] all = readers;
        ColumnReader reader = all == null || index > all.length ? null : all[index - 1];
        return reader == null ? null : reader.mask();
    }

    /** Whether this thread is inside a getter of a masked column, whose value is left out from now on; the driver builds the application's object next. */
    boolean hide() {
        Thread caller = Thread.currentThread();
        hidden = inside == caller || Asking.isOf(inside, caller);
        if (hidden) {
            inside = new Asking(caller);
        }
        return hidden;
    }

    /** Whether the value that the getter found to be NULL was left out. */
    boolean wasHidden() {
        boolean left = hidden;
        hidden = false;
        return left;
    }

    @Override
    public @Nullable SallyportReader enter(Object carrier, int column) {
        if (clear) {
            return null;
        }
        return readers == null ? enter(carrier, (Object) column) : enterColumn(carrier, column);
    }

    /**
     * Most cells of a result with a masked column are clear: no reader, so the exit does nothing and nothing is allocated. Short,
     * since it becomes part of each getter, and a getter that grows too big is no longer inlined itself.
     */
    private @Nullable SallyportReader enterColumn(Object carrier, int column) {
        @Nullable ColumnReader[] all = readers;
        SallyportReader reader = this;
        if (all != null && column > 0 && column <= all.length) {
            reader = all[column - 1];
            if (reader == null) {
                nullByMask = false;
                return null;
            }
        }
        Thread caller = Thread.currentThread();
        Object before = inside;
        if (before != null && Asking.isPart(before, carrier, caller)) {
            return null;
        }
        if (builds) {
            hidden = false;
            statement.connection().reading(reader);
        }
        return entered(reader, before, caller);
    }

    /** Comes here for a move, for {@code wasNull}, and for a column that was not known when its getter began. */
    @Override
    public @Nullable Object exit(
            Object carrier,
            String method,
            String returnType,
            @Nullable Object column,
            @Nullable Object second,
            @Nullable Object value,
            @Nullable Throwable thrown) {
        if (value instanceof Boolean b && (method.equals("wasNull") || RowCounter.MOVES.contains(method))) {
            return flag(carrier, method, b, thrown);
        }
        try {
            if (clear) {
                return value;
            }
            ColumnReader reader = reader((ResultSet) carrier, column);
            if (reader == null) {
                nullByMask = false;
                return value;
            }
            if (thrown != null) {
                if (isNoColumn((ResultSet) carrier, column)) {
                    // The driver's own word on a column that there is not; nothing was read.
                    return value;
                }
                MaskedReads.failWithoutValue(thrown);
                return value;
            }
            return reader.masked((ResultSet) carrier, returnType, second, value);
        } finally {
            inside = null;
        }
    }

    @Override
    public boolean flag(Object carrier, String method, boolean value, @Nullable Throwable thrown) {
        try {
            SQLException withheld = thrown == null ? null : WithheldErrors.inPlaceOf(thrown, statement);
            if (withheld != null) {
                throw withheld;
            }
            if (counter == null) {
                // The method's name last: this is asked for each row.
                return value || (nullByMask && method.equals("wasNull"));
            }
            if (method.equals("wasNull")) {
                return nullByMask || value;
            }
            if (thrown == null && value) {
                counter.moved((ResultSet) carrier, method.equals("next"));
            }
            return value;
        } catch (SQLException refused) {
            throw Sneaky.raise(refused);
        } finally {
            inside = null;
        }
    }

    /** A getter ends whose value was masked, or could have been. */
    void leave() {
        inside = null;
    }

    /** A getter ends whose value passes as it is. */
    void leaveClear() {
        nullByMask = false;
        inside = null;
    }

    /** Whether the caller got NULL, or zero, in place of a value. */
    void maskedToNull(boolean isNull) {
        nullByMask = isNull;
    }

    /** The driver works on the row itself and calls its own getters meanwhile; answers whether {@link #resume} must follow. */
    public boolean suspend() {
        Thread caller = Thread.currentThread();
        if (inside == caller || Asking.isOf(inside, caller)) {
            return false;
        }
        inside = new Asking(caller);
        return true;
    }

    public void resume() {
        inside = null;
    }

    /** Whether a column is masked; {@code true} where that cannot be told. */
    public boolean isMasked(ResultSet result, Object column) {
        return !isPart(result) && masks(result, column);
    }

    private boolean isPart(ResultSet result) {
        Object now = inside;
        return now != null && Asking.isPart(now, result, Thread.currentThread());
    }

    /** Like {@link #isMasked}, also inside a getter of the same thread. */
    boolean masks(ResultSet result, Object column) {
        Object before = inside;
        inside = Thread.currentThread();
        try {
            if (!bound) {
                bind(result);
            }
            return !clear && reader(result, column) != null;
        } finally {
            inside = before;
        }
    }

    /** Whether any column is masked. */
    public boolean masksAny(ResultSet result) {
        if (isPart(result)) {
            return false;
        }
        // Binds the columns, whichever is asked for.
        masks(result, 1);
        // Nor may a method that shows everything go past a limit on rows.
        return counter != null || !clear;
    }

    /** Whether the result certainly has no such column. */
    private boolean isNoColumn(ResultSet result, @Nullable Object column) {
        @Nullable ColumnReader[] all = readers;
        if (all == null || column == null) {
            return false;
        }
        int index = column(result, column);
        return index < 1 || index > all.length;
    }

    private @Nullable ColumnReader reader(ResultSet result, @Nullable Object column) {
        @Nullable ColumnReader[] all = readers;
        if (all == null) {
            // The columns could not be found out: nothing is shown.
            return new ColumnReader(this, Withheld.MASK);
        }
        int index = column(result, column);
        return index < 1 || index > all.length ? new ColumnReader(this, Withheld.MASK) : all[index - 1];
    }

    /** See {@link ColumnLabels#index}. */
    final int column(ResultSet result, @Nullable Object column) {
        return labels.index(result, column);
    }

    private void bind(ResultSet result) {
        try {
            @Nullable ColumnMask[] masks = plan.bind(columns(result.getMetaData()));
            clear = masks == null;
            readers = masks == null ? null : readers(masks);
            bound = true;
        } catch (SQLException | RuntimeException unknown) {
            readers = null;
        }
    }

    private @Nullable ColumnReader[] readers(@Nullable ColumnMask[] masks) {
        @Nullable ColumnReader[] of = new @Nullable ColumnReader[masks.length];
        for (int i = 0; i < masks.length; i++) {
            ColumnMask mask = masks[i];
            of[i] = mask == null ? null : new ColumnReader(this, mask);
        }
        return of;
    }

    final List<ResultColumn> columns(ResultSetMetaData about) throws SQLException {
        return ResultColumns.of(about, statement.connection());
    }
}
