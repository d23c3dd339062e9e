package io.sallyport.jdbc.execute;

import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.sql.BatchUpdateException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that quote stored values: a failed conversion and a violated constraint name the value that they failed on, so
 * {@code CAST(email AS INT)} would show what the mask of {@code email} hides. Where a mask could stand, the caller gets the
 * SQLState and no message of the database.
 */
final class WithheldErrors {

    /** Data exception, integrity constraint violation, PL/pgSQL's RAISE: classes of SQLState whose messages quote values. */
    private static final Set<String> QUOTING = Set.of("22", "23", "P0");

    private WithheldErrors() {}

    /** What to throw in place of {@code thrown}; {@code null} where it can go on as it is. */
    static @Nullable SQLException inPlaceOf(Throwable thrown, Execution execution) {
        if (!(thrown instanceof SQLException e) || !quotes(e) || !couldBeMasked(execution)) {
            return null;
        }
        SQLException withheld = same(e);
        withheld.setStackTrace(e.getStackTrace());
        return withheld;
    }

    private static boolean quotes(SQLException e) {
        String state = e.getSQLState();
        return state != null && state.length() == 5 && QUOTING.contains(state.substring(0, 2));
    }

    private static boolean couldBeMasked(Execution execution) {
        for (var passage : execution.passages()) {
            if (passage.obligations().columns() != ColumnMaskPlan.NONE) {
                return execution.analyses().stream().anyMatch(WithheldErrors::readsStoredValues);
            }
        }
        return false;
    }

    /** An insert of the caller's own values fails on nothing else. */
    private static boolean readsStoredValues(SqlAnalysis a) {
        return !a.kinds().equals(Set.of(StatementKind.INSERT))
                || a.tables().stream().anyMatch(t -> t.access() == TableUse.Access.READ);
    }

    private static SQLException same(SQLException e) {
        String message = "the database's message is withheld, since it may quote a value that is masked by policy";
        if (e instanceof BatchUpdateException batch) {
            return new BatchUpdateException(
                    message, e.getSQLState(), e.getErrorCode(), batch.getLargeUpdateCounts(), null);
        } else if (e instanceof SQLDataException) {
            return new SQLDataException(message, e.getSQLState(), e.getErrorCode());
        } else if (e instanceof SQLIntegrityConstraintViolationException) {
            return new SQLIntegrityConstraintViolationException(message, e.getSQLState(), e.getErrorCode());
        }
        return new SQLException(message, e.getSQLState(), e.getErrorCode());
    }
}
