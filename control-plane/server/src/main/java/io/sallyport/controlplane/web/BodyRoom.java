package io.sallyport.controlplane.web;

import java.util.HashMap;
import java.util.Map;

/**
 * Memory for large bodies, from their first byte to the end of their request. No address has more than an eighth, and what is small needs none: a connection costs as much anyway, and
 * approvals, logins and enrolments go on whoever fills the rest. Thread-safe.
 */
final class BodyRoom {

    /** What each body has besides. */
    static final int FREE = 16 * 1024;

    private static final int ALL = 64 * 1024 * 1024;
    private static final int OF_ONE_ADDRESS = ALL / 8;

    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /** @return whether there was room */
    synchronized boolean take(String address, int bytes) {
        int own = taken.getOrDefault(address, 0);
        if (bytes > OF_ONE_ADDRESS - own || bytes > ALL - all) {
            return false;
        }
        taken.put(address, own + bytes);
        all += bytes;
        return true;
    }

    synchronized void leave(String address, int bytes) {
        if (bytes > 0) {
            taken.computeIfPresent(address, (key, own) -> own == bytes ? null : own - bytes);
            all -= bytes;
        }
    }
}
