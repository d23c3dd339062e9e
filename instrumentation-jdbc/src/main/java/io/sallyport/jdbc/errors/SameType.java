package io.sallyport.jdbc.errors;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Another exception of the same type, SQLState and vendor code with another text, since applications tell a deadlock or a time-out by
 * its type. Of a driver's own type it is made where the type has a constructor that is known; else of its nearest base that has one.
 */
public final class SameType {

    private SameType() {}

    public static SQLException as(SQLException e, String text) {
        SQLException same = made(e, text);
        same.setStackTrace(e.getStackTrace());
        return same;
    }

    private static SQLException made(SQLException e, String text) {
        if (e instanceof BatchUpdateException batch) {
            return new BatchUpdateException(
                    text, e.getSQLState(), e.getErrorCode(), batch.getLargeUpdateCounts(), null);
        }
        for (Class<?> type = e.getClass(); type != null; type = type.getSuperclass()) {
            SQLException same = Modifier.isPublic(type.getModifiers()) ? made(type, e, text) : null;
            if (same != null) {
                return same;
            }
        }
        return new SQLException(text, e.getSQLState(), e.getErrorCode());
    }

    private static @Nullable SQLException made(Class<?> type, SQLException e, String text) {
        try {
            if (type.getName().equals("org.postgresql.util.PSQLException")) {
                return postgresql(type, e, text);
            }
            Constructor<?> h2 =
                    declared(type, String.class, String.class, String.class, int.class, Throwable.class, String.class);
            if (h2 != null) {
                return (SQLException) h2.newInstance(text, null, e.getSQLState(), e.getErrorCode(), null, null);
            }
            Constructor<?> usual = declared(type, String.class, String.class, int.class);
            return usual == null ? null : (SQLException) usual.newInstance(text, e.getSQLState(), e.getErrorCode());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError unknown) {
            return null;
        }
    }

    private static @Nullable Constructor<?> declared(Class<?> type, Class<?>... parameters) {
        try {
            return type.getConstructor(parameters);
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    /** Of the fields that a server sends, those that say nothing but the state and the text (protocol, "Error and Notice Message Fields"). */
    private static SQLException postgresql(Class<?> type, SQLException e, String text)
            throws ReflectiveOperationException {
        Class<?> fields = Class.forName("org.postgresql.util.ServerErrorMessage", false, type.getClassLoader());
        boolean said = text.startsWith("ERROR: ") || text.startsWith("FATAL: ");
        String severity = said ? text.substring(0, 5) : "ERROR";
        String sent = 'S' + severity + "\0V" + severity + "\0C" + e.getSQLState() + "\0M"
                + (said ? text.substring(7) : text) + "\0";
        Constructor<?> one = declared(fields, String.class);
        Object message = one != null
                ? one.newInstance(sent)
                : fields.getConstructor(String.class, int.class).newInstance(sent, 0);
        return (SQLException) type.getConstructor(fields).newInstance(message);
    }
}
