package io.sallyport.jdbc.state;

import io.sallyport.core.command.Target;
import io.sallyport.core.sql.TargetCatalogue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One catalogue for all connections to a target, by whichever driver, for as long as the process lives: what a statement copied does not stop being
 * sensitive because its connection was closed. Thread-safe.
 */
public final class Catalogues {
    /** A process with more targets than this makes up names; what it copies is then known by the table's name alone. */
    private static final int MOST_TARGETS = 4096;

    private final ConcurrentHashMap<Target, TargetCatalogue> byTarget = new ConcurrentHashMap<>();
    private final TargetCatalogue others = new TargetCatalogue();

    public TargetCatalogue of(Target opened) {
        Target target = server(opened);
        TargetCatalogue known = byTarget.get(target);
        if (known != null) {
            return known;
        }
        return byTarget.size() >= MOST_TARGETS
                ? others
                : byTarget.computeIfAbsent(target, first -> new TargetCatalogue());
    }

    /** Either driver of MySQL's protocol reaches the servers of both: what one copied, the other reads. */
    private static Target server(Target target) {
        boolean mysql = target.vendor().equals("mysql") || target.vendor().equals("mariadb");
        return !mysql || target.inProcess()
                ? target
                : new Target(
                        target.protocol(),
                        "mysql",
                        target.endpoints(),
                        target.database(),
                        "jdbc:mysql:" + target.database(),
                        target.aliases());
    }
}
