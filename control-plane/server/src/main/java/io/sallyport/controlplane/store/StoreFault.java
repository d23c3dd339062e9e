package io.sallyport.controlplane.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/** What is the matter with the store itself, where a statement or a commit failed through no fault of whoever asked for it. */
public enum StoreFault {

    /** Its database does not answer, or ended the connection. */
    AWAY,

    /** It could not write, as on a disk that is full. */
    CANNOT_WRITE;

    /** The database has been closed, the connection is broken, it shuts down. */
    private static final Set<Integer> H2_CLOSED = Set.of(90098, 90067, 90121);

    /** A file that cannot be read or written. */
    private static final Set<Integer> H2_FILE = Set.of(90028, 90031);

    /** H2's word for whatever else is thrown inside it. */
    private static final int H2_GENERAL = 50000;

    /** PostgreSQL: the server is shut down by its administrator, crashed, or starts. */
    private static final Set<String> POSTGRESQL_ENDS = Set.of("57P01", "57P02", "57P03");

    /** PostgreSQL's SQLState for it. */
    static final String DISK_FULL = "53100";

    private static final int DEEPEST = 16;

    /** @return {@code null} where the failure is the statement's own */
    public static @Nullable StoreFault of(Throwable failure) {
        StoreFault found = null;
        int depth = 0;
        for (Throwable each = failure; each != null && depth < DEEPEST; each = each.getCause(), depth++) {
            if (each instanceof SQLException sql) {
                StoreFault fault = ofSql(sql);
                found = fault == null ? found : fault;
            } else if (each instanceof ConnectionException && found == null) {
                found = AWAY;
            }
        }
        return found;
    }

    private static @Nullable StoreFault ofSql(SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        int code = sql.getErrorCode();
        if (state.equals(DISK_FULL)
                || H2_FILE.contains(code)
                || (code == H2_GENERAL || H2_CLOSED.contains(code)) && byFile(sql)) {
            return CANNOT_WRITE;
        }
        boolean ended = H2_CLOSED.contains(code)
                || POSTGRESQL_ENDS.contains(state)
                || state.startsWith("08")
                || sql instanceof SQLNonTransientConnectionException
                || sql instanceof SQLTransientConnectionException
                || sql instanceof SQLRecoverableException;
        return ended ? AWAY : null;
    }

    /** H2's store of pages throws what the file system says as the cause of its own. */
    private static boolean byFile(SQLException sql) {
        int depth = 0;
        for (Throwable each = sql.getCause(); each != null && depth < DEEPEST; each = each.getCause(), depth++) {
            if (each instanceof IOException) {
                return !(each instanceof ClosedChannelException);
            }
        }
        return false;
    }
}
