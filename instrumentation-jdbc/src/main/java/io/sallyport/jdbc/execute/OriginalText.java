package io.sallyport.jdbc.execute;

import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.connect.DriverField;
import java.sql.PreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * The text that a prepared statement was made of, as its driver keeps it: for statements that were prepared before the agent was attached,
 * and for Oracle's, whose inner statements come from methods that no advice covers. Without their text they are refused.
 */
final class OriginalText {

    private static final String ORACLE = "oracle.jdbc.internal.OracleStatement";

    private static final DriverField QUERY = new DriverField("preparedQuery");
    private static final DriverField KEY = new DriverField("key");
    private static final DriverField COMMAND = new DriverField("command");
    private static final DriverField SQL = new DriverField("sql");
    /** Of H2 1.4. */
    private static final DriverField STATEMENT = new DriverField("sqlStatement");

    private OriginalText() {}

    /** The text that a statement was prepared with; {@code null} where it is not known. */
    static @Nullable String of(Object statement) {
        if (!(statement instanceof PreparedStatement) || !DriverCode.isPlain(statement)) {
            return null;
        }
        String driver = statement.getClass().getName();
        if (driver.startsWith("oracle.jdbc.")) {
            return oracle(statement);
        } else if (driver.startsWith("org.postgresql.")) {
            Object key = KEY.of(QUERY.of(statement));
            return text(key instanceof String ? key : SQL.of(key));
        } else if (driver.startsWith("org.h2.")) {
            String text = text(STATEMENT.of(statement));
            return text != null ? text : text(SQL.of(COMMAND.of(statement)));
        } else if (driver.startsWith("org.mariadb.") || driver.startsWith("org.sqlite.")) {
            return text(SQL.of(statement));
        }
        return null;
    }

    private static @Nullable String oracle(Object statement) {
        try {
            Class<?> internal =
                    Class.forName(ORACLE, false, statement.getClass().getClassLoader());
            return (String) internal.getMethod("getOriginalSql").invoke(statement);
        } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }
}
