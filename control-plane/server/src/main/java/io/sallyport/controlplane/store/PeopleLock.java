package io.sallyport.controlplane.store;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps apart what is written because a person asked for it and the deletion of persons: a deletion waits for all that is being written and sees it,
 * and what comes behind the deletion sees that. One lock for all, taken before anything else of the transaction, as what a person leaves behind goes by
 * names in many spellings and by whoever made whose token, and as two who delete each other must not wait for each other. Thread-safe.
 *
 * <p>On PostgreSQL an advisory lock, which all replicas see; the embedded store belongs to this process.
 */
final class PeopleLock {

    /** Both keys of the lock: "sall", "yppl". */
    private static final String KEYS = "1935764588, 2037411948";

    private final boolean shared;
    private final ReadWriteLock own = new ReentrantReadWriteLock(/* fair= */ true);

    PeopleLock(boolean shared) {
        this.shared = shared;
    }

    /** With others, until the transaction ends. */
    void keep(Tx tx) {
        take(tx, "pg_advisory_xact_lock_shared", own.readLock());
    }

    /** Alone, until the transaction ends. */
    void remove(Tx tx) {
        take(tx, "pg_advisory_xact_lock", own.writeLock());
    }

    private void take(Tx tx, String function, Lock embedded) {
        if (shared) {
            tx.handle().execute("select " + function + "(" + KEYS + ")");
        } else {
            tx.holds(embedded);
        }
    }
}
