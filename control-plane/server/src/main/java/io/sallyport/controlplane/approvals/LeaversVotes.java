package io.sallyport.controlplane.approvals;

import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.people.Leaving;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.controlplane.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A deleted person's votes on tickets that still wait, and the grants they made alone or with others: in their own name, or with a token in another
 * that they made. Thread-safe.
 */
public final class LeaversVotes implements Leaving {

    private final AuditLog audit;
    private final Clock clock;

    public LeaversVotes(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void left(Tx tx, String actor, Person leaver) {
        voidVotes(tx, actor, leaver);
        revokeGrants(tx, actor, leaver);
    }

    private record Vote(
            String ticket, String person, @Nullable String vouchedBy) {
        boolean isOf(Person leaver) {
            return leaver.isNamed(person) || vouchedBy != null && leaver.isNamed(vouchedBy);
        }
    }

    private void voidVotes(Tx tx, String actor, Person leaver) {
        // Locked in one order, as decisions lock theirs: a vote that is being cast is seen, and none completes a ticket
        // meanwhile.
        List<String> unused = tx.query("select id from approval where state = 'waiting' order by id for update")
                .mapTo(String.class)
                .list();
        List<Vote> votes = tx.query(
                        "select d.approval_id, d.person, d.vouched_by from decision d join approval a on a.id = d.approval_id"
                                + " where a.state = 'waiting'")
                .map((row, ctx) ->
                        new Vote(row.getString("approval_id"), row.getString("person"), row.getString("vouched_by")))
                .list();
        for (Vote vote : votes) {
            if (vote.isOf(leaver)) {
                tx.update("delete from decision where approval_id = :ticket and person = :person")
                        .bind("ticket", vote.ticket())
                        .bind("person", vote.person())
                        .execute();
                audit.write(tx, actor, "approval.void-vote", vote.ticket(), leaver.name() + " was deleted");
                tx.announce(new Notice(Notice.Kind.APPROVAL, vote.ticket()));
            }
        }
    }

    private record Granted(String id, List<String> by) {}

    private void revokeGrants(Tx tx, String actor, Person leaver) {
        Instant now = clock.instant();
        List<Granted> live = tx.query(
                        "select id, granted_by from approval_grant where revoked_at is null and ends_at > :now"
                                + " order by id for update")
                .bind("now", now)
                .map((row, ctx) -> new Granted(row.getString("id"), Columns.names(row, "granted_by")))
                .list();
        Set<String> vouched = vouchedFor(tx, now, leaver);
        for (Granted grant : live) {
            if (vouched.contains(grant.id()) || grant.by().stream().anyMatch(leaver::isNamed)) {
                tx.update("update approval_grant set revoked_at = :now, revoked_by = :by where id = :id")
                        .bind("now", now)
                        .bind("by", actor)
                        .bind("id", grant.id())
                        .execute();
                audit.write(tx, actor, "grant.revoke", grant.id(), leaver.name() + " was deleted");
            }
        }
    }

    private record Vouched(String grant, String by) {}

    /** Grants for which a token that the leaver made has voted. */
    private static Set<String> vouchedFor(Tx tx, Instant now, Person leaver) {
        return tx
                .query(
                        "select g.id, d.vouched_by from approval_grant g join decision d on d.approval_id = g.approval_id"
                                + " where d.outcome = 'approved' and d.vouched_by is not null and g.revoked_at is null"
                                + " and g.ends_at > :now")
                .bind("now", now)
                .map((row, ctx) -> new Vouched(row.getString("id"), row.getString("vouched_by")))
                .list()
                .stream()
                .filter(vote -> leaver.isNamed(vote.by()))
                .map(Vouched::grant)
                .collect(Collectors.toSet());
    }
}
