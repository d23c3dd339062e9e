package io.sallyport.jdbc.execute;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Branches of distributed transactions that a driver prepares and commits by other means than statements: the same as {@code commit()}, since
 * what is prepared has voted. What is refused is rolled back by whoever manages the transaction, as after any failure to prepare.
 */
public final class DistributedCommits {

    private DistributedCommits() {}

    /** @param resource an {@code XAResource} with a public {@code getConnection()} */
    public static @Nullable Object enter(Object resource) throws SQLException {
        Connection connection = connection(resource);
        if (connection == null) {
            DriverCalls.refuse(
                    "oracle", resource.getClass().getName() + " does not tell whose branch it is to commit.");
            return null;
        }
        return DriverScope.enter(connection, "commit");
    }

    public static void exit(@Nullable Object token, @Nullable Throwable thrown) {
        // Its exceptions are of another kind, and carry a code.
        DriverScope.ended(token, thrown);
    }

    private static @Nullable Connection connection(Object resource) {
        try {
            return (Connection) resource.getClass().getMethod("getConnection").invoke(resource);
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }
}
