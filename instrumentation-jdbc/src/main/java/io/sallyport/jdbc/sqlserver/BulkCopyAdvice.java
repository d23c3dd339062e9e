package io.sallyport.jdbc.sqlserver;

import io.sallyport.jdbc.execute.Channels;
import java.lang.reflect.Field;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code SQLServerBulkCopy.writeToServer(rows)}: decided as the insert that it is. */
public final class BulkCopyAdvice {

    private BulkCopyAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object copy) throws SQLException {
        return Channels.enter(connectionOf(copy), "INSERT INTO " + destinationOf(copy) + " VALUES (?)");
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter @Nullable Object token, @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        Channels.exit(token, thrown);
    }

    private static Object connectionOf(Object copy) throws SQLException {
        try {
            Field field = copy.getClass().getDeclaredField("connection");
            field.setAccessible(true);
            Object connection = field.get(copy);
            if (connection != null) {
                return connection;
            }
        } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
            throw unknown();
        }
        throw unknown();
    }

    private static Object destinationOf(Object copy) throws SQLException {
        try {
            Object table = copy.getClass().getMethod("getDestinationTableName").invoke(copy);
            return table == null ? "?" : table;
        } catch (ReflectiveOperationException anotherVersion) {
            throw unknown();
        }
    }

    private static SQLException unknown() {
        return new SQLException(
                "Refused by Sallyport: this version's bulk copy does not say which connection it uses", "42501");
    }
}
