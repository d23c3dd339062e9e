package io.sallyport.jdbc.execute;

import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.OutputItem;
import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.KeyColumns;
import io.sallyport.jdbc.state.StatementState;
import io.sallyport.weaving.StateField;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands that reach the server beside statements: bulk copy and function calls. Their answers are no result sets. */
public final class Channels {

    private Channels() {}

    /** @param sql what is sent, or SQL that says what it does */
    public static @Nullable Object enter(Object connection, @Nullable String sql) throws SQLException {
        return enter(Connections.of(connection), sql);
    }

    /** What comes back is shown as it is: the policy says so. */
    public static @Nullable Object enterUnmasked(Object connection, String sql) throws SQLException {
        ConnectionState state = Connections.of(connection);
        return state == null ? null : Executions.enterWrite(new StatementState(state, null, KeyColumns.NONE), sql);
    }

    /** @param sender one of the driver's, that a connection owns */
    public static @Nullable Object enterOwned(Object sender, String sql) throws SQLException {
        return enter(StateField.get(sender, ConnectionState.class), sql);
    }

    private static @Nullable Object enter(@Nullable ConnectionState state, @Nullable String sql) throws SQLException {
        if (state == null || sql == null) {
            return null;
        }
        StatementState statement = new StatementState(state, null, KeyColumns.NONE);
        Object token = Executions.enterWrite(statement, sql);
        if (token instanceof Execution execution && !isClear(execution)) {
            try {
                Statements.refuse(
                        state,
                        "unmaskable",
                        "this command hands out a stream in which masked columns cannot be masked. Name the columns that it"
                                + " needs, if none of them is masked, or use a SELECT.");
            } catch (SQLException refused) {
                leave(token, statement, refused);
                throw refused;
            }
        }
        return token;
    }

    /** Whether nothing of what comes back is masked: nothing comes (COPY … FROM), or columns of which none is. */
    private static boolean isClear(Execution execution) {
        ColumnMaskPlan plan = execution.obligations().columns();
        Lineage lineage = execution.analysis(0).lineage();
        if (plan == ColumnMaskPlan.NONE) {
            return true;
        }
        List<ResultColumn> columns = new ArrayList<>();
        for (OutputItem item : lineage.items()) {
            if (!(item instanceof OutputItem.Column column)) {
                return false;
            }
            String label = column.label();
            columns.add(new ResultColumn(label == null ? "" : label, null, null, null));
        }
        return lineage.exact() && plan.bind(columns) == null;
    }

    private static void leave(Object token, StatementState statement, SQLException refused) {
        try {
            Executions.exit(token, statement, null, refused);
        } catch (SQLException withheld) {
            // What replaces a database's message has nothing to hide here: the message is our own.
        }
    }

    public static void exit(@Nullable Object token, @Nullable Throwable thrown) throws SQLException {
        exit(token, null, thrown);
    }

    /** @param changed rows that the command changed; {@code null} where it does not say */
    public static void exit(@Nullable Object token, @Nullable Long changed, @Nullable Throwable thrown)
            throws SQLException {
        if (token != null) {
            Executions.exit(token, token, changed, thrown);
        }
    }
}
