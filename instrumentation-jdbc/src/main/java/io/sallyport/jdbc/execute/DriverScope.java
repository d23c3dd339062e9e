package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.Frame;

/**
 * The frame of a call that is no statement but may make the driver run some: opening the connection, {@code isValid},
 * {@code setReadOnly}, {@code DatabaseMetaData}. Only housekeeping is covered by it.
 */
public final class DriverScope extends Frame {

    private final ConnectionState connection;

    private DriverScope(ConnectionState connection) {
        this.connection = connection;
    }

    /** Enters a scope on this thread; {@link #close} leaves it. */
    public static DriverScope open(ConnectionState connection) {
        DriverScope scope = new DriverScope(connection);
        connection.enter(scope);
        return scope;
    }

    public void close() {
        connection.leave(this);
    }

    @Override
    public boolean covers(SqlAnalysis inner) {
        return Nesting.isHousekeeping(inner);
    }

    @Override
    public boolean isSame(SqlAnalysis inner) {
        return false;
    }
}
