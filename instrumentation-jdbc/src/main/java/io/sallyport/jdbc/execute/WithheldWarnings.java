package io.sallyport.jdbc.execute;

import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.StatementState;
import io.sallyport.weaving.StateField;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/**
 * Warnings of statements under masks: a server's notice can quote what it likes ({@code RAISE NOTICE '%', email}; a truncation that
 * names the value). SQLState and vendor code stay, the text goes.
 */
public final class WithheldWarnings {
    private static final int MOST = 1_000;

    private WithheldWarnings() {}

    /**
     * What {@code getWarnings} answers.
     *
     * @param carrier a statement, a result set or a connection
     */
    public static @Nullable SQLWarning inPlaceOf(Object carrier, @Nullable SQLWarning returned) {
        return returned == null || !underMasks(carrier) ? returned : withheld(returned);
    }

    private static boolean underMasks(Object carrier) {
        if (StateField.get(carrier) instanceof ConnectionState connection) {
            return connection.everMasked();
        }
        if (carrier instanceof ResultSet result) {
            try {
                return result.getStatement() != null && underMasks(result.getStatement());
            } catch (SQLException closed) {
                return true;
            }
        }
        if (StateField.get(carrier) instanceof StatementState statement) {
            Obligations last = statement.obligations();
            return last != null && last.columns() != ColumnMaskPlan.NONE;
        }
        return false;
    }

    private static SQLWarning withheld(SQLWarning first) {
        SQLWarning head = same(first);
        SQLWarning next = first.getNextWarning();
        for (int i = 0; next != null && i < MOST; i++) {
            head.setNextWarning(same(next));
            next = next.getNextWarning();
        }
        return head;
    }

    private static SQLWarning same(SQLWarning w) {
        return new SQLWarning(
                "the database's warning is withheld, since it may quote a value that is masked by policy",
                w.getSQLState(),
                w.getErrorCode());
    }
}
