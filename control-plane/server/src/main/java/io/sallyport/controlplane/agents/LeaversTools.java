package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.people.Leaving;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.store.Tx;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deleted person may still let in: logins of their tools under way, join tokens that they made, also with an API token in another name, because
 * they have the secrets, and what has joined as them. Workloads that joined with a token for workloads stay, for they are not the person's. Thread-safe.
 */
public final class LeaversTools implements Leaving {

    private final AuditLog audit;
    private final Clock clock;

    public LeaversTools(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void left(Tx tx, String actor, Person leaver) {
        for (String login :
                theirs(tx, leaver, "select device_hash, person, person from device_login where person is not null")) {
            tx.update("delete from device_login where device_hash = :login")
                    .bind("login", login)
                    .execute();
            audit.write(tx, actor, "login.device.void", leaver.name(), "the person was deleted");
        }
        for (String token : theirs(tx, leaver, "select id, created_by, made_by from join_token where voided = false")) {
            tx.update("update join_token set voided = true where id = :token")
                    .bind("token", token)
                    .execute();
            audit.write(tx, actor, "join-token.void", token, leaver.name() + " was deleted");
        }
        for (String tool : theirs(
                tx,
                leaver,
                "select w.id, w.name, w.name from workload w join join_token t on t.id = w.join_token"
                        + " where t.personal = true and w.revoked_at is null")) {
            Workloads.revoke(tx, audit, clock.instant(), actor, tool, "the person whose tool it is was deleted");
        }
    }

    /** @param madeBy who is answerable for whoever is named; {@code null} where that was not written down */
    private record Owned(String id, String person, @Nullable String madeBy) {

        boolean isOf(Person leaver) {
            return leaver.isNamed(person) || madeBy != null && leaver.isNamed(madeBy);
        }
    }

    /** @param query of ids, persons' names and who is answerable for those */
    private static List<String> theirs(Tx tx, Person leaver, String query) {
        return tx
                .query(query)
                .map((row, ctx) -> new Owned(row.getString(1), row.getString(2), row.getString(3)))
                .list()
                .stream()
                .filter(owned -> owned.isOf(leaver))
                .map(Owned::id)
                .toList();
    }
}
