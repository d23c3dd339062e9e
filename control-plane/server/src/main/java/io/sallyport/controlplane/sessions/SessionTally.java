package io.sallyport.controlplane.sessions;

import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.core.record.Event;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one batch of events adds to its sessions, stored in the transaction that stores the batch. Used by one thread. */
public final class SessionTally {

    /** More calls than a workload makes between two counts; a larger number would let the sums overflow. */
    public static final long MOST_AT_ONCE = 1_000_000_000_000L;

    private final Map<String, Counts> sessions = new LinkedHashMap<>();

    /** A session's name as the column takes it; {@code null} for an event that belongs to none. */
    public static @Nullable String name(Event event) {
        String session = event.session();
        return session == null || session.isEmpty() ? null : Clip.text(session, 200);
    }

    public void count(Event event) {
        String name = name(event);
        if (name != null) {
            sessions.computeIfAbsent(name, n -> new Counts(event)).add(event);
        }
    }

    public void store(Tx tx, String workload) {
        sessions.forEach((name, counts) -> counts.store(tx, workload, name));
    }

    private static final class Counts {
        private final String target;
        private final Instant first;
        private Instant last;
        private @Nullable String tls;
        private @Nullable Instant closed;
        private long calls;
        private long refused;
        private long held;
        private long masked;
        private long errors;

        Counts(Event event) {
            target = Clip.text(event.target(), 2000);
            first = event.at();
            last = event.at();
        }

        void add(Event event) {
            last = event.at().isAfter(last) ? event.at() : last;
            switch (event.type()) {
                case OPEN -> {
                    tls = Clip.orNull(event.tls(), 300);
                    refused += "deny".equals(event.verdict()) ? 1 : 0;
                }
                case DECISION -> {
                    calls++;
                    refused += "deny".equals(event.verdict()) ? 1 : 0;
                    held += "hold".equals(event.verdict()) ? 1 : 0;
                    masked += event.masked() == null || event.masked().isEmpty() ? 0 : 1;
                }
                case OUTCOME -> refused += "deny".equals(event.verdict()) ? 1 : 0;
                case ERROR -> errors++;
                case COUNT -> calls += Math.max(0, Math.min(event.rows(), MOST_AT_ONCE));
                case CLOSE -> closed = event.at();
                default -> {}
            }
        }

        void store(Tx tx, String workload, String name) {
            int known = bind(
                    tx,
                    "update call_session set last_at = case when last_at < :last then :last else last_at end,"
                            + " tls = coalesce(:tls, tls), closed_at = coalesce(:closed, closed_at), calls = calls + :calls,"
                            + " refused = refused + :refused, held = held + :held, masked = masked + :masked,"
                            + " errors = errors + :errors where workload_id = :workload and session = :session",
                    workload,
                    name);
            if (known == 0) {
                bind(
                        tx,
                        "insert into call_session (workload_id, session, target, tls, opened_at, last_at, closed_at, calls,"
                                + " refused, held, masked, errors) values (:workload, :session, :target, :tls,"
                                + " :first, :last, :closed, :calls, :refused, :held, :masked, :errors)",
                        workload,
                        name);
            }
        }

        private int bind(Tx tx, String sql, String workload, String name) {
            var update = tx.update(sql)
                    .bind("workload", workload)
                    .bind("session", name)
                    .bind("last", last)
                    .bindByType("tls", tls, String.class)
                    .bindByType("closed", closed, Instant.class)
                    .bind("calls", calls)
                    .bind("refused", refused)
                    .bind("held", held)
                    .bind("masked", masked)
                    .bind("errors", errors);
            if (sql.startsWith("insert")) {
                update.bind("target", target).bind("first", first);
            }
            return update.execute();
        }
    }
}
