package io.sallyport.jdbc.canary;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

/** Tells whether {@link #connect} was reached. */
public final class CanaryDriver implements Driver {

    static final String URL = "jdbc:sallyport-canary:test";

    private boolean reached;

    boolean reached() {
        return reached;
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        reached = true;
        throw new SQLException("the canary was not refused", "08001");
    }

    @Override
    public boolean acceptsURL(String url) {
        return URL.equals(url);
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
