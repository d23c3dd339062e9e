package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
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

    /** @return {@code false} when the workload was revoked since its credential was checked */
    boolean connected(String id, AgentMessage.Hello hello) {
        return database.change(tx -> {
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
            return known == 1;
        });
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

    void alive(String id, int waiting, boolean changed) {
        database.run(tx -> {
            tx.update("update workload set last_seen = :now, waiting = :waiting, connected_to = :replica"
                            + " where id = :id and revoked_at is null")
                    .bind("now", clock.instant())
                    .bind("waiting", Math.max(0, waiting))
                    .bind("replica", database.replica())
                    .bind("id", id)
                    .execute();
            if (changed) {
                tx.announce(new Notice(Notice.Kind.WORKLOAD, id));
            }
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
