package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.people.Leaving;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.store.Tx;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A deleted person's own tools: logins under way, tokens that came of them, and what has joined with those. Thread-safe. */
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
                theirs(tx, leaver, "select device_hash, person from device_login where person is not null")) {
            tx.update("delete from device_login where device_hash = :login")
                    .bind("login", login)
                    .execute();
            audit.write(tx, actor, "login.device.void", leaver.name(), "the person was deleted");
        }
        for (String token :
                theirs(tx, leaver, "select id, workload from join_token where personal = true and voided = false")) {
            tx.update("update join_token set voided = true where id = :token")
                    .bind("token", token)
                    .execute();
            audit.write(tx, actor, "join-token.void", token, leaver.name() + " was deleted");
        }
        for (String tool : theirs(
                tx,
                leaver,
                "select w.id, w.name from workload w join join_token t on t.id = w.join_token"
                        + " where t.personal = true and w.revoked_at is null")) {
            Workloads.revoke(tx, audit, clock.instant(), actor, tool, "the person whose tool it is was deleted");
        }
    }

    private record Owned(String id, @Nullable String person) {}

    /** @param query of ids and persons' names */
    private static List<String> theirs(Tx tx, Person leaver, String query) {
        return tx.query(query).map((row, ctx) -> new Owned(row.getString(1), row.getString(2))).list().stream()
                .filter(owned -> owned.person() != null && leaver.isNamed(owned.person()))
                .map(Owned::id)
                .toList();
    }
}
