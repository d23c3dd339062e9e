package io.sallyport.jdbc.execute;

import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.read.BaseNames;
import io.sallyport.jdbc.read.ResultState;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.StatementState;
import io.sallyport.weaving.StateField;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What an updatable result set can do besides being read. */
public final class ResultWrites {

    private ResultWrites() {}

    /** A masked column is not written through the result that masks it: the application would store what it was shown. */
    public static void column(Object result, Object column) throws SQLException {
        ResultState state = StateField.get(result, ResultState.class);
        if (state != null && state.isMasked((ResultSet) result, column)) {
            refuse(
                    state,
                    "write-back",
                    "a masked column cannot be updated through its result set. Use an UPDATE statement.");
        }
    }

    /** A vendor's method that shows values without a getter. */
    public static void raw(Object result) throws SQLException {
        ResultState state = StateField.get(result, ResultState.class);
        if (state != null && state.masksAny((ResultSet) result)) {
            refuse(
                    state,
                    "raw-result",
                    "this result has masked columns or a limit on rows, and this method would go around them. Use next() and the getters.");
        }
    }

    /** {@link #raw} where the driver's own classes go the same way: for each result, so nothing is looked at where nothing is masked. */
    public static void rawRows(Object result) throws SQLException {
        if (StateField.get(result, ResultState.class) != null && !DriverCode.calls(result)) {
            raw(result);
        }
    }

    /**
     * A row is written or read again. What a driver runs for it says nothing of the call that the application made, and what it
     * reads on the way goes into the result set, whose getters mask; so the call is judged as a whole, here. Where the names of the
     * table would have to be asked for, the driver's own statements are decided instead.
     */
    public static Object enterRow(Object result, String method) throws SQLException {
        Object execution = judgeRow((ResultSet) result, method);
        ResultState masks = StateField.get(result, ResultState.class);
        return new Row(execution, masks != null && masks.suspend() ? masks : null);
    }

    public static void exitRow(Object token, Object result, @Nullable Throwable thrown) throws SQLException {
        Row row = (Row) token;
        if (row.suspended() != null) {
            row.suspended().resume();
        }
        if (row.execution() != null) {
            Executions.exit(row.execution(), result, null, thrown);
        }
    }

    /**
     * The driver is at work on a row.
     *
     * @param suspended masks that are off meanwhile: the driver copies values with its own getters
     */
    private record Row(@Nullable Object execution, @Nullable ResultState suspended) {}

    private static @Nullable Object judgeRow(ResultSet rows, String method) throws SQLException {
        if (DriverCode.isPlain(rows) && rows.isClosed()) {
            // Nothing is written or read, and the driver says so in its own way.
            return null;
        }
        StatementState state = rows.getStatement() == null ? null : Statements.of(rows.getStatement());
        if (state == null || !state.connection().baseNamesFree()) {
            return null;
        }
        return Executions.enterRow(state, statementFor(rows.getMetaData(), method, state.connection()));
    }

    private static String statementFor(ResultSetMetaData about, String method, ConnectionState connection)
            throws SQLException {
        char mark = connection.isMysql() ? '`' : '"';
        String table = quote(about.getTableName(1), mark);
        String schema = BaseNames.schema(about, 1, connection);
        String name = schema == null ? table : quote(schema, mark) + "." + table;
        String column = quote(about.getColumnName(1), mark);
        return switch (method) {
            case "insertRow" -> "INSERT INTO " + name + " (" + column + ") VALUES (?)";
            case "refreshRow" -> "SELECT " + column + " FROM " + name + " WHERE " + column + " = ?";
            case "deleteRow" -> "DELETE FROM " + name + " WHERE " + column + " = ?";
            default -> "UPDATE " + name + " SET " + column + " = ? WHERE " + column + " = ?";
        };
    }

    private static String quote(@Nullable String name, char mark) {
        String one = String.valueOf(mark);
        return one + (name == null ? "" : name.replace(one, one + one)) + one;
    }

    private static void refuse(ResultState state, String check, String message) throws SQLException {
        Statements.refuse(state.statement().connection(), check, message);
    }
}
