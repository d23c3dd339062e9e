package io.sallyport.link.spool;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that one process's spool and the leftovers it uploads may take together: sealed blocks, and chunks that are in use. Thread-safe.
 */
public final class SpoolBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** @param limit in bytes */
    public SpoolBudget(long limit) {
        this.limit = limit;
    }

    /** Takes the bytes if they are left. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Counts what is on disk already, even beyond the limit. */
    void occupy(long bytes) {
        used.addAndGet(bytes);
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    public long limit() {
        return limit;
    }

    public long used() {
        return used.get();
    }
}
