package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.jdbc.execute.WithheldErrors;
import io.sallyport.jdbc.state.StatementState;
import io.sallyport.weaving.StateField;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A result set with something to mask or to count. A result of which no column is masked, and whose rows are all there, is let go for good. As
 * thread-safe as the result set.
 */
public class ResultState implements SallyportReader {

    private final StatementState statement;
    private final @Nullable RowCounter counter;
    private final Inside inside = new Inside();
    private final MaskedColumns columns;
    /** Whether the driver hands values to classes of the application's; then it is told who reads. See {@link HiddenObjects}. */
    private final boolean builds;

    ResultState(ColumnMaskPlan plan, StatementState statement, @Nullable RowCounter counter) {
        this.statement = statement;
        this.counter = counter;
        this.columns = new MaskedColumns(plan, statement.connection(), inside);
        this.builds = statement.connection().buildsObjects();
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

    final MaskedColumns columns() {
        return columns;
    }

    @Override
    public @Nullable SallyportReader enter(Object carrier, @Nullable Object column) {
        Thread caller = Thread.currentThread();
        if (inside.covers(carrier, caller)) {
            return null;
        }
        if (!columns.isBound()) {
            columns.bind((ResultSet) carrier);
            if (columns.areClear() && counter == null && !LateRows.of((ResultSet) carrier, statement.connection())) {
                letGo(carrier);
                return null;
            }
        }
        if (counter == null && column != null) {
            // Without a limit that would have to count what absolute() or relative() moves to, what looks like a column
            // is one.
            return columns.areClear()
                    ? null
                    : enterColumn(carrier, builds ? columns.index((ResultSet) carrier, column) : columns.known(column));
        }
        if (builds && column != null) {
            statement.connection().reading(columns.reader((ResultSet) carrier, column));
        }
        return entered(this, caller);
    }

    @Override
    public @Nullable SallyportReader enterAsking(Object carrier, @Nullable Object column) {
        SallyportReader reader = enter(carrier, column);
        if (reader != null) {
            inside.asks();
        }
        return reader;
    }

    @Override
    public @Nullable SallyportReader enter(Object carrier, int column) {
        if (columns.areClear()) {
            return null;
        }
        return columns.areMasked() ? enterColumn(carrier, column) : enter(carrier, (Object) column);
    }

    /**
     * Most cells of a result with a masked column are clear: no reader, so the exit does nothing and nothing is allocated. Short,
     * since it becomes part of each getter, and a getter that grows too big is no longer inlined itself.
     */
    private @Nullable SallyportReader enterColumn(Object carrier, int column) {
        SallyportReader reader = columns.at(column, this);
        if (reader == null) {
            inside.nullByMask(false);
            return null;
        }
        Thread caller = Thread.currentThread();
        if (inside.covers(carrier, caller)) {
            return null;
        }
        if (builds) {
            inside.shown();
            statement.connection().reading(reader);
        }
        return entered(reader, caller);
    }

    private SallyportReader entered(SallyportReader reader, Thread caller) {
        inside.enter(caller, builds && LoggedReads.areTold());
        return reader;
    }

    /** Nothing is to be done to this result, nor counted. */
    void letGo(Object carrier) {
        StateField.set(carrier, SallyportGate.NOTHING);
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
            ColumnReader reader = columns.areClear() ? null : columns.reader((ResultSet) carrier, column);
            if (reader == null) {
                inside.nullByMask(false);
                return value;
            }
            if (thrown != null) {
                if (!columns.lack((ResultSet) carrier, column)) {
                    MaskedReads.failWithoutValue(thrown);
                }
                // Else the driver's own word on a column that there is not; nothing was read.
                return value;
            }
            return reader.masked((ResultSet) carrier, returnType, second, value);
        } finally {
            inside.leave();
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
                return value || (inside.isNullByMask() && method.equals("wasNull"));
            }
            if (method.equals("wasNull")) {
                return inside.isNullByMask() || value;
            }
            if (thrown == null && value) {
                counter.moved((ResultSet) carrier, method.equals("next"));
            }
            return value;
        } catch (SQLException refused) {
            throw Sneaky.raise(refused);
        } finally {
            inside.leave();
        }
    }

    /** The driver works on the row itself and calls its own getters meanwhile; answers whether {@link #resume} must follow. */
    public boolean suspend() {
        Thread caller = Thread.currentThread();
        if (inside.has(caller)) {
            return false;
        }
        inside.enter(caller, true);
        return true;
    }

    public void resume() {
        inside.leave();
    }

    /** Whether a column is masked; {@code true} where that cannot be told. */
    public boolean isMasked(ResultSet result, Object column) {
        return !inside.covers(result, Thread.currentThread()) && masks(result, column);
    }

    /** Like {@link #isMasked}, also inside a getter of the same thread. */
    boolean masks(ResultSet result, Object column) {
        return columns.mask(result, column);
    }

    /** Whether any column is masked. */
    public boolean masksAny(ResultSet result) {
        if (inside.covers(result, Thread.currentThread())) {
            return false;
        }
        columns.bind(result);
        // Nor may a method that shows everything go past a limit on rows.
        return counter != null || !columns.areClear();
    }
}
