package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.controlplane.store.Presence;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.protocol.AgentMessage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what workloads say about themselves. Thread-safe. */
final class WorkloadLedger {

    private static final int MOST_COMPONENTS = 2000;

    private final Database database;
    private final Clock clock;

    WorkloadLedger(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * What a workload's arrival showed.
     *
     * @param admitted {@code false} when the workload was revoked since its credential was checked
     * @param alarms signs that somebody else has the same identity, or writes its records
     */
    record Arrival(boolean admitted, List<String> alarms) {}

    Arrival connected(Credentialed workload, AgentMessage.Hello hello) {
        String id = workload.id();
        return database.change(tx -> {
            List<String> alarms = new ArrayList<>();
            addIfAny(alarms, elsewhere(tx, workload, hello));
            addIfAny(alarms, otherKey(tx, id, hello.recordingKey()));
            int known = tx.update(
                            "update workload set host = :host, pid = :pid, java = :java, agent_version = :version,"
                                    + " declared = :declared, connected_to = :replica, last_seen = :now, policy_version = :policy,"
                                    + " policy_error = null, waiting = 0 where id = :id and revoked_at is null")
                    .bind("host", Clip.text(hello.host(), 300))
                    .bind("pid", hello.pid())
                    .bind("java", Clip.text(hello.java(), 300))
                    .bind("version", Clip.text(hello.agentVersion(), 100))
                    .bind("declared", Columns.json(Enrolment.declared(hello.labels())))
                    .bind("replica", database.replica())
                    .bind("now", clock.instant())
                    .bind("policy", hello.policyVersion())
                    .bind("id", id)
                    .execute();
            tx.announce(new Notice(Notice.Kind.WORKLOAD, id));
            return new Arrival(known == 1, alarms);
        });
    }

    private static void addIfAny(List<String> alarms, @Nullable String alarm) {
        if (alarm != null) {
            alarms.add(alarm);
        }
    }

    /**
     * The first key that a workload signs its recordings with is its key for good: who seals another history needs another one, or the file.
     */
    private static @Nullable String otherKey(Tx tx, String id, @Nullable String told) {
        if (told == null || told.isEmpty()) {
            return null;
        }
        String key = Clip.text(told, 200);
        String pinned = tx.query("select recording_key from workload where id = :id for update")
                .bind("id", id)
                .map((row, ctx) -> row.getString("recording_key"))
                .findOne()
                .orElse(null);
        if (pinned == null) {
            tx.update("update workload set recording_key = :key where id = :id")
                    .bind("key", key)
                    .bind("id", id)
                    .execute();
            return null;
        }
        return pinned.equals(key)
                ? null
                : "its recordings are signed with another key than before (" + key + " in place of " + pinned
                        + "): recording.key was exchanged, or somebody else writes its records; where that was you, revoke the workload and let it enrol again";
    }

    /** Another live process with this credential at another replica, or with what only one process can have. */
    private @Nullable String elsewhere(Tx tx, Credentialed workload, AgentMessage.Hello hello) {
        return tx
                .query("select name, host, pid, id from workload where revoked_at is null and last_seen > :since"
                        + " and connected_to is not null and (id = :id and connected_to <> :replica"
                        + " and not (host = :host and pid = :pid) or id <> :id and unique_to = :unique)")
                .bind("since", clock.instant().minus(Presence.TOUCH_EVERY.multipliedBy(2)))
                .bind("id", workload.id())
                .bind("replica", database.replica())
                .bind("host", Clip.text(hello.host(), 300))
                .bind("pid", hello.pid())
                .bind("unique", workload.uniqueTo() == null ? "-" : workload.uniqueTo())
                .map((row, ctx) -> (row.getString("id").equals(workload.id())
                                ? "one credential is used by two live processes: "
                                : "one unique identity (" + workload.uniqueTo() + ") is used by two live processes: ")
                        + row.getString("host") + " pid " + row.getLong("pid") + " and " + hello.host() + " pid "
                        + hello.pid())
                .list()
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Without effect when the workload has come back on another replica meanwhile. */
    void disconnected(String id) {
        database.run(tx -> {
            tx.update("update workload set connected_to = null, last_seen = :now, waiting = 0"
                            + " where id = :id and connected_to = :replica")
                    .bind("now", clock.instant())
                    .bind("id", id)
                    .bind("replica", database.replica())
                    .execute();
            tx.announce(new Notice(Notice.Kind.WORKLOAD, id));
        });
    }

    /** @return {@code false} when the channel may not live any more: its credential ended, or the workload is connected elsewhere */
    boolean alive(String id, int waiting, boolean changed) {
        return database.change(tx -> {
            int known = tx.update("update workload set last_seen = :now, waiting = :waiting"
                            + " where id = :id and revoked_at is null and connected_to = :replica"
                            + " and (expires_at is null or expires_at > :now)")
                    .bind("now", clock.instant())
                    .bind("waiting", Math.max(0, waiting))
                    .bind("replica", database.replica())
                    .bind("id", id)
                    .execute();
            if (changed) {
                tx.announce(new Notice(Notice.Kind.WORKLOAD, id));
            }
            return known == 1;
        });
    }

    void policy(String id, AgentMessage.PolicyStatus status) {
        database.run(tx -> {
            String sql = status.accepted()
                    ? "update workload set policy_version = :version, policy_error = null where id = :id"
                    : "update workload set policy_error = :error where id = :id";
            var update = tx.update(sql).bind("id", id);
            if (status.accepted()) {
                update.bind("version", status.version());
            } else {
                update.bind("error", "version " + status.version() + ": " + Clip.text(status.reason(), 2000));
            }
            update.execute();
            tx.announce(new Notice(Notice.Kind.WORKLOAD, id));
        });
    }

    void coverage(String id, @Nullable String mode, @Nullable List<AgentMessage.Component> reported) {
        List<AgentMessage.Component> components = new ArrayList<>();
        for (AgentMessage.Component component : reported == null ? List.<AgentMessage.Component>of() : reported) {
            if (components.size() < MOST_COMPONENTS) {
                components.add(new AgentMessage.Component(
                        Clip.text(component.module(), 100),
                        Clip.text(component.type(), 300),
                        Clip.text(component.state(), 30),
                        Clip.text(component.reason(), 1000)));
            }
        }
        database.run(tx -> {
            tx.update("update workload set mode = :mode, components = :components where id = :id")
                    .bind("mode", Clip.orNull(mode, 20))
                    .bind("components", Columns.json(components))
                    .bind("id", id)
                    .execute();
            tx.announce(new Notice(Notice.Kind.WORKLOAD, id));
        });
    }

    /** At start: on an embedded store nobody can be connected yet, whatever a killed process left behind. */
    void nobodyIsConnected() {
        database.run(tx -> tx.update("update workload set connected_to = null where connected_to is not null")
                .execute());
    }
}
