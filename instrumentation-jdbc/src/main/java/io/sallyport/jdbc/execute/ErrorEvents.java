package io.sallyport.jdbc.execute;

import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.SQLException;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;

/** Errors that a driver tells the listeners of a pooled connection, before whoever called the statement gets them. */
public final class ErrorEvents {

    private ErrorEvents() {}

    /** What {@code pooled} tells in place of {@code thrown}. */
    public static @Nullable SQLException told(Object pooled, @Nullable SQLException thrown) {
        if (thrown == null || !(pooled instanceof PooledConnection connection)) {
            return thrown;
        }
        try {
            ConnectionState state = Connections.known(connection.getConnection());
            return state == null ? thrown : WithheldErrors.told(thrown, state);
        } catch (SQLException unknown) {
            return new SQLException("the connection was lost", thrown.getSQLState(), thrown.getErrorCode());
        }
    }
}
