package io.sallyport.jdbc.execute;

import io.sallyport.jdbc.connect.DriverCode;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.sql.PreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * The text that a prepared statement was made of, as its driver keeps it: for statements that were prepared before the agent was attached,
 * and for Oracle's, whose inner statements come from methods that no advice covers. Without their text they are refused.
 */
final class OriginalText {

    private static final String ORACLE = "oracle.jdbc.internal.OracleStatement";

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
            Object key = field(field(statement, "preparedQuery"), "key");
            return text(key instanceof String ? key : field(key, "sql"));
        } else if (driver.startsWith("org.h2.")) {
            // The first is that of 1.4.
            String text = text(field(statement, "sqlStatement"));
            return text != null ? text : text(field(field(statement, "command"), "sql"));
        } else if (driver.startsWith("org.mariadb.") || driver.startsWith("org.sqlite.")) {
            return text(field(statement, "sql"));
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

    /** The value of a field of the object's class or one above it; {@code null} where there is none. */
    private static @Nullable Object field(@Nullable Object holder, String name) {
        for (Class<?> c = holder == null ? null : holder.getClass(); c != null; c = c.getSuperclass()) {
            try {
                Field field = c.getDeclaredField(name);
                field.setAccessible(true);
                return field.get(holder);
            } catch (NoSuchFieldException inAnotherClass) {
                continue;
            } catch (IllegalAccessException | InaccessibleObjectException anotherVersion) {
                return null;
            }
        }
        return null;
    }
}
