package io.sallyport.controlplane;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An unexpected failure in words that may stand in a log: what kind it is, its SQLState and where it came from. Never a message: drivers and the
 * database quote statements and values in theirs.
 */
public final class Fault {

    private static final int FRAMES = 6;

    private Fault() {}

    public static String of(Throwable failure) {
        List<String> kinds = new ArrayList<>();
        Throwable root = failure;
        for (Throwable each = failure; each != null && kinds.size() < 8; each = each.getCause()) {
            String state = each instanceof SQLException sql && sql.getSQLState() != null
                    ? " (SQLState " + sql.getSQLState() + ")"
                    : "";
            kinds.add(each.getClass().getName() + state);
            root = each;
        }
        List<String> places = new ArrayList<>();
        for (StackTraceElement frame : root.getStackTrace()) {
            if (places.size() < FRAMES && frame.getClassName().startsWith("io.sallyport.")) {
                places.add(String.format(
                        Locale.ROOT, "%s.%s:%d", frame.getClassName(), frame.getMethodName(), frame.getLineNumber()));
            }
        }
        return String.join(" by ", kinds) + (places.isEmpty() ? "" : " at " + String.join(" < ", places));
    }
}
