package io.sallyport.jdbc.sample;

import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.logging.Logger;

/** A driver that nobody has heard of. */
public final class UnknownDriver implements Driver {

    private final Callable<Connection> opening;

    public UnknownDriver(Connection connection) {
        this(() -> connection);
    }

    /** @param opening run within {@link #connect} */
    public UnknownDriver(Callable<Connection> opening) {
        this.opening = opening;
    }

    /** For classes beside this one. */
    public static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        try {
            return acceptsURL(url) ? opening.call() : null;
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException(e);
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith("jdbc:newdb:");
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
