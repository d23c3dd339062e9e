package io.sallyport.controlplane.store;

import io.sallyport.controlplane.Fault;
import io.sallyport.controlplane.RepeatedFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries {@link Notice}s to listeners, in commit order, on one thread of its own.
 *
 * <p>Where several replicas share a database, each notice is a row of the transaction that it belongs to, and every replica reads
 * the rows four times a second, its own for the case that a commit took effect and its answer was lost. Identity values are handed out before commit, so a row may appear behind one that
 * was read already; the reader therefore looks back over {@link #LOOK_BACK} and remembers what it has seen.
 */
public final class Notices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final long POLL_MILLIS = 250;
    private static final long AGAIN_AFTER_MILLIS = 1000;
    private static final long LOOK_BACK = 1000;
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int REMEMBERED = 4096;

    private final String origin;
    private final @Nullable Jdbi shared;
    private final List<Consumer<Notice>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread t = new Thread(run, "notices");
        t.setDaemon(true);
        return t;
    });
    private final Map<Long, Boolean> seen = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final RepeatedFault repeated = new RepeatedFault(InstantSource.system());
    private long highest;
    private volatile long cameRound = System.nanoTime();

    Notices(String origin, @Nullable Jdbi shared) {
        this.origin = origin;
        this.shared = shared;
    }

    String origin() {
        return origin;
    }

    /**
     * Listeners are called one notice at a time and must not block for long. One that fails, as it does while the database is away, is told again until
     * it does not: an agent must hear how its ticket ended.
     */
    public void listen(Consumer<Notice> listener) {
        listeners.add(listener);
    }

    /** Begins to read what other replicas post. */
    public void start() {
        Jdbi jdbi = shared;
        if (jdbi == null) {
            return;
        }
        highest = jdbi.withHandle(handle -> {
            long last = handle.createQuery("select coalesce(max(id), 0) from notice")
                    .mapTo(Long.class)
                    .one();
            // What stands there now happened before this replica read any state.
            handle.createQuery("select id from notice where id > :from")
                    .bind("from", last - LOOK_BACK)
                    .mapTo(Long.class)
                    .forEach(id -> seen.put(id, true));
            return last;
        });
        thread.scheduleWithFixedDelay(() -> poll(jdbi), POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How long ago all that other replicas had posted was read, and told to all listeners; nothing where there are none. */
    Duration behind() {
        return shared == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - cameRound);
    }

    /** @return its number among all replicas' */
    long post(Handle handle, Notice notice) {
        if (shared == null) {
            return 0;
        }
        return handle.createUpdate(
                        "insert into notice (origin, kind, subject, posted_at) values (:origin, :kind, :subject, :at)")
                .bind("origin", origin)
                .bind("kind", notice.kind().name())
                .bind("subject", notice.subject())
                .bind("at", Instant.now())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    /** Without waiting for the next look at the table, which brings it where the answer to a commit was lost. */
    void deliver(long id, Notice notice) {
        try {
            thread.execute(() -> {
                if (id == 0 || seen.put(id, true) == null) {
                    tell(notice);
                }
            });
        } catch (RejectedExecutionException closing) {
            LOG.debug("not delivered while closing: {}", notice);
        }
    }

    private void tell(Notice notice) {
        listeners.forEach(listener -> tell(listener, notice, Instant.now().plus(KEPT)));
    }

    private void tell(Consumer<Notice> listener, Notice notice, Instant until) {
        try {
            listener.accept(notice);
        } catch (RuntimeException e) {
            boolean again = Instant.now().isBefore(until);
            LOG.warn(
                    "a listener failed on {} {}{}: {}",
                    notice.kind(),
                    notice.subject(),
                    again ? ", trying again" : "",
                    Fault.of(e));
            if (again && !thread.isShutdown()) {
                var unused =
                        thread.schedule(() -> tell(listener, notice, until), AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void poll(Jdbi jdbi) {
        try {
            List<Posted> rows = jdbi.withHandle(handle -> {
                Silence.OF_A_GLANCE.allow(handle);
                return handle.createQuery("select id, kind, subject from notice where id > :from order by id")
                        .bind("from", highest - LOOK_BACK)
                        .map((rs, ctx) -> new Posted(
                                rs.getLong("id"),
                                new Notice(Notice.Kind.valueOf(rs.getString("kind")), rs.getString("subject"))))
                        .list();
            });
            for (Posted row : rows) {
                highest = Math.max(highest, row.id());
                if (seen.put(row.id(), true) == null) {
                    tell(row.notice());
                }
            }
            cameRound = System.nanoTime();
        } catch (RuntimeException e) {
            repeated.tell(
                    e, fault -> LOG.warn("the notices of other replicas could not be read, trying again: {}", fault));
        }
    }

    /** Forgets what every replica has read long ago. */
    public void sweep() {
        Jdbi jdbi = shared;
        if (jdbi != null) {
            jdbi.useHandle(handle -> handle.createUpdate("delete from notice where posted_at < :oldest")
                    .bind("oldest", Instant.now().minus(KEPT))
                    .execute());
        }
    }

    private record Posted(long id, Notice notice) {}

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
