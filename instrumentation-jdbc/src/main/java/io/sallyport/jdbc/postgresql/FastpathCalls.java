package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.Jdbc;
import java.util.Map;

/**
 * Function calls by number, in SQL that says what they do. Functions for large objects have the same numbers in every version
 * (PostgreSQL, {@code pg_proc.dat}); what others do nobody knows.
 *
 * <p>Reading one is reading {@code pg_largeobject.data}, which may hold anything: with nothing to mask it, a stream of it is refused
 * where the policy masks anything, unless the policy lists {@code postgresql:loread} under {@code connect.allow}.
 */
final class FastpathCalls {

    private static final int LOREAD = 954;
    private static final String DOOR = "postgresql:loread";

    private static final Map<Integer, String> LARGE_OBJECTS = Map.ofEntries(
            Map.entry(952, "SELECT pg_catalog.lo_open(?, ?)"),
            Map.entry(953, "SELECT pg_catalog.lo_close(?)"),
            Map.entry(LOREAD, "SELECT data FROM pg_catalog.pg_largeobject"),
            Map.entry(955, "SELECT pg_catalog.lo_put(?, ?, ?)"),
            Map.entry(956, "SELECT pg_catalog.lo_lseek(?, ?, ?)"),
            Map.entry(957, "SELECT pg_catalog.lo_creat(?)"),
            Map.entry(958, "SELECT pg_catalog.lo_tell(?)"),
            Map.entry(964, "SELECT pg_catalog.lo_unlink(?)"),
            Map.entry(715, "SELECT pg_catalog.lo_create(?)"),
            Map.entry(1004, "SELECT pg_catalog.lo_truncate(?, ?)"),
            Map.entry(3170, "SELECT pg_catalog.lo_lseek64(?, ?, ?)"),
            Map.entry(3171, "SELECT pg_catalog.lo_tell64(?)"),
            Map.entry(3172, "SELECT pg_catalog.lo_truncate(?, ?)"));

    private FastpathCalls() {}

    /** Whether what a function returns is shown although nothing can be masked in it. */
    static boolean isShown(int function) {
        return function == LOREAD
                && Jdbc.current().gate().allowedConnectSettings().contains(DOOR);
    }

    static String sql(int function) {
        return LARGE_OBJECTS.getOrDefault(function, "CALL fastpath_" + function + "()");
    }
}
