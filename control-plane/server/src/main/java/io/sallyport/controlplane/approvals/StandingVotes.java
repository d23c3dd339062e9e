package io.sallyport.controlplane.approvals;

import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.people.Standing;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.controlplane.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Earlier votes on a ticket that waits, of those who could cast them now as well: whoever has lost the role or the group since, or voted with a token that
 * is gone, counts no more.
 */
final class StandingVotes {

    /** The ticket with these votes only; the others end, which the audit log is told. */
    static ApprovalView of(Tx tx, AuditLog audit, String actor, ApprovalView ticket, Instant now) {
        if (ticket.decisions().isEmpty()) {
            return ticket;
        }
        Map<String, String> labels = tx.query("select labels from workload where id = :id")
                .bind("id", ticket.workload().id())
                .map((row, ctx) -> Columns.labels(row, "labels"))
                .one();
        List<ApprovalView.DecisionView> standing = new ArrayList<>();
        for (ApprovalView.DecisionView vote : ticket.decisions()) {
            List<Person> voter = Standing.now(tx, vote.by(), vote.vouchedBy(), now).stream()
                    .filter(person -> person.hasEverywhere(Role.APPROVER) || person.hasOver(Role.APPROVER, labels))
                    .toList();
            List<String> groups = vote.groups().stream()
                    .filter(group ->
                            voter.stream().anyMatch(person -> person.groups().contains(group)))
                    .toList();
            if (voter.isEmpty() || groups.isEmpty() && !vote.groups().isEmpty()) {
                end(tx, audit, actor, ticket, vote);
            } else {
                standing.add(vote.of(groups));
            }
        }
        return ticket.with(standing);
    }

    private static void end(Tx tx, AuditLog audit, String actor, ApprovalView ticket, ApprovalView.DecisionView vote) {
        tx.update("delete from decision where approval_id = :ticket and person = :person")
                .bind("ticket", ticket.id())
                .bind("person", vote.by())
                .execute();
        audit.write(tx, actor, "approval.void-vote", ticket.id(), vote.by() + " may not decide this any more");
        tx.announce(new Notice(Notice.Kind.APPROVAL, ticket.id()));
    }

    private StandingVotes() {}
}
