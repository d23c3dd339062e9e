package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of one result and what masks each of them, as they are bound to the plan at the first read. As thread-safe as the result set. */
final class MaskedColumns {

    private final ColumnMaskPlan plan;
    private final ConnectionState connection;
    private final Inside inside;
    private final ColumnLabels labels = new ColumnLabels();
    /** One for each masked column, {@code null} for a clear one; {@code null} as long as, or if, the columns are not known. */
    // Volatile, so that whoever sees the array sees what is in it: an entry that is not there yet would read as a clear
    // column.
    private volatile @Nullable ColumnReader @Nullable [] readers;

    private boolean clear;
    private boolean bound;
    /** The result was closed before its columns were asked for. */
    private boolean closed;

    MaskedColumns(ColumnMaskPlan plan, ConnectionState connection, Inside inside) {
        this.plan = plan;
        this.connection = connection;
        this.inside = inside;
        this.bound = plan == ColumnMaskPlan.NONE;
        this.clear = bound;
    }

    /** Whether the columns are known, and none of them is masked. */
    boolean areClear() {
        return clear;
    }

    /** Whether the columns are known, and some are masked. */
    boolean areMasked() {
        return readers != null;
    }

    /** Asks the driver for the columns, if that was not answered yet. */
    void bind(ResultSet result) {
        if (bound) {
            return;
        }
        Object before = inside.pause();
        try {
            @Nullable ColumnMask[] masks = plan.bind(of(result.getMetaData()));
            clear = masks == null;
            readers = masks == null ? null : readers(masks);
            bound = true;
        } catch (SQLException | RuntimeException unknown) {
            readers = null;
            closed = isClosed(result);
        } finally {
            inside.resume(before);
        }
    }

    private static boolean isClosed(ResultSet result) {
        try {
            return result.isClosed();
        } catch (SQLException | RuntimeException | AbstractMethodError unknown) {
            return false;
        }
    }

    private @Nullable ColumnReader[] readers(@Nullable ColumnMask[] masks) {
        @Nullable ColumnReader[] of = new @Nullable ColumnReader[masks.length];
        for (int i = 0; i < masks.length; i++) {
            ColumnMask mask = masks[i];
            of[i] = mask == null ? null : new ColumnReader(inside, mask);
        }
        return of;
    }

    boolean isBound() {
        return bound;
    }

    List<ResultColumn> of(ResultSetMetaData about) throws SQLException {
        return ResultColumns.of(about, connection);
    }

    /** Who masks that column: {@code null} where nobody does, {@code unknown} where it is not known, or not yet. */
    @Nullable
    SallyportReader at(int column, SallyportReader unknown) {
        @Nullable ColumnReader[] all = readers;
        return all != null && column > 0 && column <= all.length ? all[column - 1] : unknown;
    }

    /** The same for what a getter was given, once the columns are asked for. */
    @Nullable
    ColumnReader reader(ResultSet result, @Nullable Object column) {
        @Nullable ColumnReader[] all = readers;
        int index = all == null ? 0 : index(result, column);
        // Where the columns could not be found out, nothing is shown.
        return all == null || index < 1 || index > all.length
                ? new ColumnReader(inside, Withheld.MASK)
                : all[index - 1];
    }

    /** Whether something masks what a getter is given; {@code true} where that cannot be told. */
    boolean mask(ResultSet result, Object column) {
        bind(result);
        Object before = inside.pause();
        try {
            return !clear && reader(result, column) != null;
        } finally {
            inside.resume(before);
        }
    }

    /** What masks that column; {@code null} where nothing does. The columns are known. */
    @Nullable
    ColumnMask mask(int index) {
        @Nullable ColumnReader[] all = readers;
        ColumnReader reader = all == null || index > all.length ? null : all[index - 1];
        return reader == null ? null : reader.mask();
    }

    /** Whether the result certainly has no such column, or none any more. */
    boolean lack(ResultSet result, @Nullable Object column) {
        @Nullable ColumnReader[] all = readers;
        if (closed) {
            return true;
        }
        if (all == null || column == null) {
            return false;
        }
        int index = index(result, column);
        return index < 1 || index > all.length;
    }

    /** See {@link ColumnLabels#known}. */
    int known(Object column) {
        return labels.known(column);
    }

    /** See {@link ColumnLabels#index}. */
    int index(ResultSet result, @Nullable Object column) {
        return labels.index(result, column);
    }
}
