package io.sallyport.jdbc.sample;

import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.util.Properties;
import java.util.logging.Logger;

/** A driver that nobody has heard of. */
public final class UnknownDriver implements Driver {

    private final Connection connection;

    public UnknownDriver(Connection connection) {
        this.connection = connection;
    }

    /** For classes beside this one. */
    public static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    @Override
    public Connection connect(String url, Properties info) {
        return acceptsURL(url) ? connection : null;
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
