package io.sallyport.jdbc.canary;

import java.sql.SQLException;
import java.util.Properties;

/** Tries to connect. Found by name; see {@code WeaveModule.canary}. */
public final class Canary {

    private Canary() {}

    /** Whether the connect was refused by the gate before the driver's method ran. */
    public static boolean refused() {
        CanaryDriver driver = new CanaryDriver();
        try {
            driver.connect(CanaryDriver.URL, new Properties());
            return false;
        } catch (SQLException e) {
            return !driver.reached() && "42501".equals(e.getSQLState());
        }
    }
}
