package io.sallyport.controlplane.approvals;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.events.EventLog;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Standing;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.controlplane.store.Scope;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emergency: one person lets a call run alone, whatever groups and number of persons its rules ask for. It takes a role of its own and a
 * reason, never lifts masks, is for one call, and everyone hears of it: an alarm on the workload, the audit log, every receiver of
 * notifications. A ticket of one's own stays closed even so. Thread-safe.
 */
public final class BreakGlass {

    private static final Logger LOG = LoggerFactory.getLogger(BreakGlass.class);

    private final Database database;
    private final Approvals approvals;
    private final EventLog events;
    private final AuditLog audit;
    private final Clock clock;

    public BreakGlass(Database database, Approvals approvals, EventLog events, AuditLog audit, Clock clock) {
        this.database = database;
        this.approvals = approvals;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Approves a ticket at once.
     *
     * @param sees tickets of other workloads do not exist for this person
     * @param mayBreak where the person holds the role
     * @throws Problem 404, 409 when the ticket has ended, 403 for one's own or another's workload, 422 without a reason
     */
    public ApprovalView approve(Person person, Scope sees, Scope mayBreak, String id, @Nullable String why) {
        if (why == null || why.isBlank()) {
            throw new Problem(Problem.Kind.UNPROCESSABLE, "breaking the glass needs a reason; say why");
        }
        String reason = Clip.text(why.strip(), 1000);
        ApprovalView asked = approvals.get(id, sees);
        String what = person.name() + " broke the glass: ticket " + id + " was approved past its rules ("
                + String.join(", ", asked.rules()) + ")";
        EventLog.OwnAlarm alarm = events.prepare(asked.workload().id(), what);
        ApprovalView ended = database.change(tx -> {
            Standing.require(tx, person);
            ApprovalView ticket = approvals.open(tx, id, sees);
            Approvals.requireOfAnother(person, mayBreak, ticket);
            Instant now = clock.instant();
            // The person may have voted before, as one of several.
            tx.update("delete from decision where approval_id = :id and person = :person")
                    .bind("id", id)
                    .bind("person", person.name())
                    .execute();
            tx.update(
                            "insert into decision (approval_id, person, outcome, reason, unmask, decided_at, break_glass, vouched_by)"
                                    + " values (:id, :person, 'approved', :reason, false, :at, true, :vouchedBy)")
                    .bind("vouchedBy", person.vouchedBy())
                    .bind("id", id)
                    .bind("person", person.name())
                    .bind("reason", reason)
                    .bind("at", now)
                    .execute();
            Approvals.end(tx, id, "approved", now);
            // With the approval or not at all: nobody breaks the glass unheard because storing the alarm failed.
            events.store(tx, alarm);
            audit.write(tx, person.name(), "approval.break-glass", id, reason + " via " + person.via());
            tx.announce(new Notice(Notice.Kind.APPROVAL, id));
            return approvals.find(tx.handle(), id).orElseThrow(Approvals::unknown);
        });
        events.announce();
        LOG.warn("workload {} ({}): {}", ended.workload().id(), ended.workload().name(), what);
        return ended;
    }
}
