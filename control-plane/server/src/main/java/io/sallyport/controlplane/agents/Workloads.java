package io.sallyport.controlplane.agents;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.events.EventQuery;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Standing;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.controlplane.store.Presence;
import io.sallyport.controlplane.store.Scope;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.protocol.AgentMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What people see of workloads, and what they do to them. Thread-safe. */
public final class Workloads {

    private static final TypeReference<List<AgentMessage.Component>> COMPONENTS = new TypeReference<>() {};

    private final Database database;
    private final EventQuery events;
    private final AuditLog audit;
    private final Clock clock;

    public Workloads(Database database, EventQuery events, AuditLog audit, Clock clock) {
        this.database = database;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** Those that are there first, then by name. */
    public List<WorkloadView> list(Scope scope) {
        Instant now = clock.instant();
        return database.read(
                handle -> scope.bind(handle.createQuery("select * from workload where 1 = 1" + scope.and("id")
                                + " order by case when connected_to is null then 1 else 0 end, name, enrolled_at desc"
                                + " limit 5000"))
                        .map((row, ctx) -> view(row, now, false, null))
                        .list());
    }

    public WorkloadView get(String id) {
        List<EventQuery.TlsSeen> tls = events.tlsOf(id);
        return find(id, true, tls)
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "there is no workload of that id"));
    }

    /** As in the list. */
    public Optional<WorkloadView> summary(String id) {
        return find(id, false, null);
    }

    private Optional<WorkloadView> find(String id, boolean detailed, @Nullable List<EventQuery.TlsSeen> tls) {
        Instant now = clock.instant();
        return database.read(handle -> handle.createQuery("select * from workload where id = :id")
                .bind("id", id)
                .map((row, ctx) -> view(row, now, detailed, tls))
                .findOne());
    }

    /** Numbers of workloads whose channel is up, and of all that were not revoked. */
    public record Count(long connected, long known) {}

    public Count count(Scope scope) {
        return database.read(handle -> scope.bind(handle.createQuery(
                        "select count(*) as known, sum(case when connected_to is not null and last_seen > :since then 1 else 0"
                                + " end) as connected from workload where revoked_at is null" + scope.and("id")))
                .bind("since", clock.instant().minus(Presence.SILENCE))
                .map((row, ctx) -> new Count(row.getLong("connected"), row.getLong("known")))
                .one());
    }

    /**
     * Voids a workload's credential at once, and the join token that it came with: whoever took over the workload knows it. Tickets
     * that it has open are withdrawn.
     */
    public void revoke(Person actor, String id, @Nullable String reason) {
        Instant now = clock.instant();
        String why = Clip.text(reason == null || reason.isBlank() ? "no reason given" : reason.strip(), 1000);
        database.run(tx -> {
            Standing.require(tx, actor);
            Optional<String> joinToken = tx.query(
                            "select join_token from workload where id = :id and revoked_at is null for update")
                    .bind("id", id)
                    .mapTo(String.class)
                    .findOne();
            if (joinToken.isEmpty()) {
                boolean known = tx.query("select count(*) from workload where id = :id")
                                .bind("id", id)
                                .mapTo(Long.class)
                                .one()
                        > 0;
                throw known
                        ? new Problem(Problem.Kind.CONFLICT, "this workload was revoked already")
                        : new Problem(Problem.Kind.NOT_FOUND, "there is no workload of that id");
            }
            tx.update("update join_token set voided = true where id = :token")
                    .bind("token", joinToken.get())
                    .execute();
            revoke(tx, audit, now, actor.name(), id, why);
        });
    }

    /** Ends a workload that was not revoked before; its join token is the caller's to void. Part of the caller's transaction. */
    static void revoke(Tx tx, AuditLog audit, Instant now, String actor, String id, String why) {
        tx.update("update workload set revoked_at = :now, revoked_reason = :why, connected_to = null where id = :id")
                .bind("now", now)
                .bind("why", why)
                .bind("id", id)
                .execute();
        List<String> open = tx.query("select id from approval where workload_id = :id and state = 'waiting' for update")
                .bind("id", id)
                .mapTo(String.class)
                .list();
        for (String ticket : open) {
            tx.update("update approval set state = 'withdrawn', decided_at = :now, withdrawn_why = 'the workload was"
                            + " revoked' where id = :ticket and state = 'waiting'")
                    .bind("now", now)
                    .bind("ticket", ticket)
                    .execute();
            tx.announce(new Notice(Notice.Kind.APPROVAL, ticket));
        }
        audit.write(tx, actor, "workload.revoke", id, why + " (its join token is void too)");
        tx.announce(new Notice(Notice.Kind.REVOKED, id));
        tx.announce(new Notice(Notice.Kind.WORKLOAD, id));
    }

    private static WorkloadView view(
            ResultSet row, Instant now, boolean detailed, @Nullable List<EventQuery.TlsSeen> tls) throws SQLException {
        List<AgentMessage.Component> components = Columns.read(row, "components", COMPONENTS);
        int refused = (int) components.stream()
                .filter(component -> "REFUSED".equals(component.state()))
                .count();
        int woven = (int) components.stream()
                .filter(component -> component.state().startsWith("WOVEN"))
                .count();
        Instant lastSeen = Columns.instant(row, "last_seen");
        boolean connected = Presence.isConnected(row.getString("connected_to"), lastSeen, now);
        return new WorkloadView(
                row.getString("id"),
                row.getString("name"),
                row.getString("instance"),
                row.getString("host"),
                row.getLong("pid"),
                row.getString("java"),
                row.getString("agent_version"),
                connected,
                lastSeen,
                row.getLong("policy_version"),
                row.getString("policy_error"),
                row.getString("mode"),
                connected ? row.getInt("waiting") : 0,
                new TreeMap<>(Columns.labels(row, "labels")),
                new TreeMap<>(Columns.labels(row, "declared")),
                Columns.names(row, "member_of"),
                row.getBoolean("verified"),
                Columns.instantOrNull(row, "revoked_at") != null,
                row.getString("revoked_reason"),
                new WorkloadView.Coverage(woven, refused),
                detailed ? components : null,
                tls,
                row.getString("recording_key"));
    }
}
