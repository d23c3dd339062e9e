package io.sallyport.controlplane.audit;

import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The control plane's own audit log. Thread-safe. */
public final class AuditLog {

    private final Database database;
    private final Clock clock;

    public AuditLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * One thing that was done.
     *
     * @param action {@code approval.approve}, {@code policy.publish}, {@code login.failed}, …
     * @param subject id or name of what it was done to
     */
    public record Entry(long id, Instant at, String actor, String action, String subject, String detail) {}

    /** Part of the caller's transaction: an action and its entry are stored both or not at all. */
    public void write(Tx tx, String actor, String action, String subject, String detail) {
        tx.update("insert into audit (done_at, actor, action, subject, detail)"
                        + " values (:at, :actor, :action, :subject, :detail)")
                .bind("at", clock.instant())
                .bind("actor", actor)
                .bind("action", action)
                .bind("subject", subject)
                .bind("detail", detail)
                .execute();
    }

    /** Newest first, before an id. */
    public List<Entry> list(@Nullable Long before, int limit) {
        return database.read(handle -> handle.createQuery(
                        "select * from audit where id < :before order by id desc limit :limit")
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit)
                .map((row, ctx) -> new Entry(
                        row.getLong("id"),
                        Columns.instant(row, "done_at"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("detail")))
                .list());
    }
}
