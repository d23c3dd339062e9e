package io.sallyport.core.sql;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the agent knows of one target at this moment: the schema that was read from it, and the copies that statements made since the
 * process started. The one place that {@link SqlReader#read} gets its catalogue from. Thread-safe; {@link #current} is one volatile
 * read, and a new version is a new instance, so that whatever was worked out under an older one is found to be old by identity.
 *
 * <p>The schema is read when a connection is opened, again ten minutes later, and again once a statement changed it; never in
 * between, since no SQL is added to a connection that is in use.
 */
public final class TargetCatalogue {
    /** Tables, views and variables whose copies are remembered. A workload that needs more makes names as it goes. */
    static final int MOST_HEIRS = 4096;

    private static final long LIFE = Duration.ofMinutes(10).toNanos();

    /** A catalogue, and the same for statements whose search path is not known. */
    private record Version(Catalogue full, Catalogue withoutPath) {
        static Version of(Catalogue full) {
            Catalogue withoutPath = full.with(full.structure().withoutPath());
            // Where a function sets the path, any SELECT may have called it, as may a view or a trigger.
            return new Version(full.structure().routines().setPath() ? withoutPath : full, withoutPath);
        }
    }

    private final ReentrantLock reading = new ReentrantLock();
    private volatile Version version = Version.of(Catalogue.EMPTY);
    /** Heirs whose tables were dropped; guarded by {@code this}. */
    private final Set<String> dropped = new HashSet<>();

    private volatile boolean stale = true;
    private volatile @Nullable String readFor;
    private volatile long readAt;

    public Catalogue current() {
        return version.full;
    }

    /** For a connection on which names without a schema may mean others than when the catalogue was read. */
    public Catalogue withoutPath() {
        return version.withoutPath;
    }

    /**
     * Reads the schema where that is due, on the calling thread; other callers wait for it, since theirs may be the first statement
     * that names a view.
     *
     * @param user whose search path the reading takes down
     * @param now {@link System#nanoTime}
     * @param read the schema; {@code null} where it cannot be read
     * @param unread stands for a schema that was never read
     * @return {@code false} where it could not be read
     */
    public boolean refresh(String user, long now, Supplier<@Nullable Catalogue> read, Catalogue unread) {
        if (isFresh(now)) {
            return true;
        }
        reading.lock();
        try {
            if (isFresh(now)) {
                return true;
            }
            // Changes from here on may have come too late for the reading.
            stale = false;
            Catalogue schema = read.get();
            if (schema == null) {
                stale = true;
                if (readFor == null) {
                    schema(unread);
                }
                return false;
            }
            readFor = user;
            readAt = now;
            schema(schema);
            return true;
        } finally {
            reading.unlock();
        }
    }

    /** Nothing was read and nothing can be on this connection; whatever is not known may hold anything. */
    public void assumeUnread(Catalogue unread) {
        reading.lock();
        try {
            if (readFor == null && version.full == Catalogue.EMPTY) {
                schema(unread);
            }
        } finally {
            reading.unlock();
        }
    }

    /** Whether names without a schema mean for {@code user} what they meant when the catalogue was read. */
    public boolean isPathOf(String user) {
        return user.equals(readFor);
    }

    private boolean isFresh(long now) {
        return !stale && readFor != null && now - readAt < LIFE;
    }

    /** The schema was read anew, or nothing is known of it any more ({@link Catalogue#EMPTY}). Copies stay known. */
    public synchronized void schema(Catalogue read) {
        Catalogue known = version.full;
        if (!known.tables().equals(read.tables())
                || !known.views().equals(read.views())
                || !known.structure().isLike(read.structure())) {
            version = Version.of(read.with(known.inheritance()));
        }
    }

    /** A statement was sent that may have changed the schema: it is read again with the next connection. */
    public void changedBy(SqlAnalysis sent) {
        if (sent.kinds().contains(StatementKind.DROP)) {
            noteDropped(sent);
        }
        if (SchemaChanges.possible(sent)) {
            stale = true;
            change(sent);
        }
    }

    private synchronized void change(SqlAnalysis sent) {
        Catalogue known = version.full;
        Inheritance related = known.inheritance().plusLasting(Relatives.made(sent.lineage(), known));
        Catalogue changed = SchemaChanges.after(sent, known);
        replace(known, related.size() > MOST_HEIRS / 2 ? changed : changed.with(related));
    }

    /**
     * Statements copy sensitive values: what they write into is as sensitive from now on. To be called before they are sent.
     *
     * @return {@code false} where that cannot be remembered, because too much is: the statement must not be sent
     */
    public synchronized boolean inherit(List<Lineage.Copy> copies) {
        if (copies.isEmpty()) {
            return true;
        }
        Catalogue known = version.full;
        Inheritance more = known.inheritance().plus(copies).plus(Relatives.above(copies, known));
        copies.forEach(copy -> dropped.remove(copy.into().table()));
        if (more.size() > MOST_HEIRS) {
            for (String table : dropped) {
                more = more.minus(table);
            }
            dropped.clear();
        }
        if (more.size() > MOST_HEIRS) {
            return false;
        }
        replace(known, known.with(more));
        return true;
    }

    /**
     * Copies that were dropped are forgotten when room is needed and not before: another session may have a temporary table of the
     * same name.
     */
    private synchronized void noteDropped(SqlAnalysis sent) {
        for (TableUse use : sent.tables()) {
            if (use.access() == TableUse.Access.WRITE
                    && version.full.inheritance().hasTable(use.table())) {
                dropped.add(use.table());
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // versions are told apart by identity
    private void replace(Catalogue known, Catalogue other) {
        if (other != known) {
            version = Version.of(other);
        }
    }
}
