package io.sallyport.controlplane.approvals;

import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.configuration.EscalationSettings;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a second group when the first does not answer: a ticket that still waits after the time of the settings may be decided by members of the
 * further groups too, and receivers of notifications hear of it again. How many persons it takes does not change. Once for each ticket, by
 * one replica. Thread-safe.
 */
public final class Escalation {

    private static final int MOST_AT_ONCE = 500;

    private final List<EscalationSettings> steps;
    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    /** @throws StartFailure for settings that cannot work */
    public Escalation(List<EscalationSettings> steps, Database database, AuditLog audit, Clock clock) {
        for (EscalationSettings step : steps) {
            if (step.afterSeconds() < 1 || step.to().isEmpty()) {
                throw new StartFailure(
                        "settings: each escalate needs after (seconds) and to (the groups that are asked then)");
            }
        }
        this.steps = List.copyOf(steps);
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    private record Waiting(String id, Instant since, List<String> anyOf) {}

    /** Escalates what is due; called every second. */
    public void look() {
        if (steps.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        database.read(handle -> handle.createQuery("select id, created_at, any_of from approval where state = 'waiting'"
                                + " and escalated_at is null and not each_of order by created_at limit " + MOST_AT_ONCE)
                        .map((row, ctx) -> new Waiting(
                                row.getString("id"), Columns.instant(row, "created_at"), Columns.names(row, "any_of")))
                        .list())
                .forEach(ticket -> dueStep(ticket, now).ifPresent(step -> escalate(ticket, step, now)));
    }

    private Optional<EscalationSettings> dueStep(Waiting ticket, Instant now) {
        return steps.stream()
                .filter(step -> step.concerns(ticket.anyOf()))
                .findFirst()
                .filter(step -> !now.isBefore(ticket.since().plus(Duration.ofSeconds(step.afterSeconds()))));
    }

    private void escalate(Waiting ticket, EscalationSettings step, Instant now) {
        Set<String> groups = new LinkedHashSet<>(ticket.anyOf());
        // Any approver may decide a ticket that names no group; naming some would narrow it.
        if (!groups.isEmpty()) {
            groups.addAll(step.to());
        }
        database.run(tx -> {
            int done = tx.update("update approval set escalated_at = :now, any_of = :groups where id = :id"
                            + " and state = 'waiting' and escalated_at is null")
                    .bind("now", now)
                    .bind("groups", Columns.json(List.copyOf(groups)))
                    .bind("id", ticket.id())
                    .execute();
            if (done == 1) {
                audit.write(
                        tx,
                        "control plane",
                        "approval.escalate",
                        ticket.id(),
                        "nobody decided within " + step.afterSeconds() + " s; also asks "
                                + String.join(", ", step.to()));
                tx.announce(new Notice(Notice.Kind.APPROVAL, ticket.id()));
            }
        });
    }
}
