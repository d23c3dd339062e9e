package io.sallyport.jdbc.read;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Whether pgjdbc tells its log of each getter ({@code PgResultSet} does at {@link Level#FINEST}, through the logger of {@code PgConnection}): handlers
 * are the application's, and run inside the getter.
 */
final class LoggedReads {

    // Kept, since a LogManager forgets loggers that nobody holds.
    private static final Logger PGJDBC = Logger.getLogger("org.postgresql.jdbc.PgConnection");

    private LoggedReads() {}

    static boolean areTold() {
        return PGJDBC.isLoggable(Level.FINEST);
    }
}
