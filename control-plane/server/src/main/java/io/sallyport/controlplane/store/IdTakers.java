package io.sallyport.controlplane.store;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;

/**
 * The transactions that have taken ids of events, or are about to, and have not ended. Ids are handed out before commit: below one that is there
 * others may appear, but only from transactions that are told here. Thread-safe.
 *
 * <p>On PostgreSQL each holds a shared advisory lock, which nobody waits for and which ends behind its commit, so that replicas see each
 * other's; the embedded store belongs to this process.
 */
final class IdTakers {

    /** Both keys of the lock: "sall", "yids". */
    private static final String KEYS = "1935764588, 2036949107";

    private final boolean shared;
    private final Set<Tx> own = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();

    IdTakers(boolean shared) {
        this.shared = shared;
    }

    /** A number that no other transaction of this process has. */
    long number() {
        return numbers.incrementAndGet();
    }

    /** Before the first id is taken. */
    void enter(Tx tx) {
        if (shared) {
            tx.handle().execute("select pg_advisory_xact_lock_shared(" + KEYS + ")");
        } else {
            own.add(tx);
        }
    }

    /** After commit or rollback. */
    void ended(Tx tx) {
        own.remove(tx);
    }

    /** Names of those that are open; a name is never used again. */
    Set<String> open(Handle handle) {
        if (shared) {
            return new HashSet<>(
                    handle.createQuery("select virtualtransaction from pg_locks where locktype = 'advisory'"
                                    + " and database = (select oid from pg_database where datname = current_database())"
                                    + " and (classid::bigint, objid::bigint) = (" + KEYS + ")")
                            .mapTo(String.class)
                            .list());
        }
        Set<String> names = new HashSet<>();
        own.forEach(tx -> names.add(tx.name()));
        return names;
    }
}
