package io.sallyport.jdbc.execute;

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
     * {@code getWarnings} begins. MySQL's drivers ask the server then, by a statement of their own.
     *
     * @return token for {@link #inPlaceOf}
     */
    public static @Nullable Object ask(Object carrier) {
        ConnectionState connection = StateField.get(carrier) instanceof StatementState statement
                ? statement.connection()
                : StateField.get(carrier, ConnectionState.class);
        return connection != null && connection.isMysql() ? DriverScope.open(connection) : null;
    }

    /**
     * What {@code getWarnings} answers.
     *
     * @param carrier a statement, a result set or a connection
     */
    public static @Nullable SQLWarning inPlaceOf(
            @Nullable Object token, Object carrier, @Nullable SQLWarning returned) {
        if (token instanceof DriverScope scope) {
            scope.close();
        }
        return returned == null || !underMasks(carrier) ? returned : withheld(returned);
    }

    private static boolean underMasks(Object carrier) {
        if (StateField.get(carrier) instanceof ConnectionState connection) {
            return connection.isMysql() ? connection.warnsOfMasked() : connection.everMasked();
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
            if (statement.connection().isMysql() && statement.connection().warnsOfMasked()) {
                // The server tells of the connection's last statement, whoever asks, and a driver keeps that with what
                // the asking one left.
                statement.toldOfMasked();
            }
            return statement.isToldOfMasked()
                    || last != null
                            && ClearMessages.mayQuoteLater(
                                    last.columns(), statement.connection().currentCatalogue());
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
