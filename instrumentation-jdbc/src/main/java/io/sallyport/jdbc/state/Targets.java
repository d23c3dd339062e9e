package io.sallyport.jdbc.state;

import io.sallyport.core.command.Target;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One object for each target that connections are opened to. Every decision looks its target up, and where it is the very object that was kept,
 * nothing of it is compared: in a pool that would be all connections but the first. Thread-safe.
 */
public final class Targets {
    /** A process with more targets than this makes up names; each connection then has its own. */
    private static final int MOST_TARGETS = 4096;

    private final ConcurrentHashMap<Target, Target> known = new ConcurrentHashMap<>();

    public Target shared(Target target) {
        Target first = known.get(target);
        if (first == null) {
            first = known.size() >= MOST_TARGETS ? target : known.computeIfAbsent(target, t -> t);
        }
        return first;
    }
}
