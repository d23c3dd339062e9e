package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.configuration.WorkloadSettings;
import io.sallyport.controlplane.events.EventLog;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Presence;
import io.sallyport.controlplane.store.Tx;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that the workloads of the settings are there: a process without its agent looks like one that is switched off. One alarm for each
 * silence, whichever replica sees it first. Thread-safe.
 */
public final class ExpectedWorkloads {

    private static final Logger LOG = LoggerFactory.getLogger(ExpectedWorkloads.class);
    private static final int SILENT_FOR_SECONDS = 120;

    private final List<WorkloadSettings.Expected> expected;
    private final Database database;
    private final EventLog events;
    private final AuditLog audit;
    private final Clock clock;

    /** @throws StartFailure for an entry without a name */
    public ExpectedWorkloads(
            List<WorkloadSettings.Expected> expected, Database database, EventLog events, AuditLog audit, Clock clock) {
        for (WorkloadSettings.Expected one : expected) {
            if (one.workload() == null || one.workload().isBlank()) {
                throw new StartFailure("settings: each entry of workloads.expected needs workload, its name");
            }
        }
        this.expected = expected;
        this.database = database;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** Looks once; called every few seconds. */
    public void look() {
        expected.forEach(this::look);
    }

    private void look(WorkloadSettings.Expected one) {
        try {
            database.change(tx -> silence(tx, one)).ifPresent(this::raise);
        } catch (UnableToExecuteStatementException e) {
            boolean anotherReplicaSawItToo = e.getCause() instanceof SQLException cause
                    && String.valueOf(cause.getSQLState()).startsWith("23");
            if (!anotherReplicaSawItToo) {
                throw e;
            }
        }
    }

    /** @param workload id of the instance that was seen last; {@code null} when none ever enrolled */
    private record Alarm(@Nullable String workload, String what) {}

    private record Missing(Instant since, boolean alarmed) {}

    private Optional<Alarm> silence(Tx tx, WorkloadSettings.Expected one) {
        Instant now = clock.instant();
        int atLeast = one.atLeast() == null ? 1 : one.atLeast();
        int seconds = one.silentForSeconds() == null ? SILENT_FOR_SECONDS : one.silentForSeconds();
        long connected = tx.query("select count(*) from workload where name = :name and revoked_at is null"
                        + " and connected_to is not null and last_seen > :since")
                .bind("name", one.workload())
                .bind("since", now.minus(Presence.SILENCE))
                .mapTo(Long.class)
                .one();
        Optional<Missing> missing = tx.query(
                        "select since, alarmed from missing_workload where name = :name for update")
                .bind("name", one.workload())
                .map((row, ctx) -> new Missing(Columns.instant(row, "since"), row.getBoolean("alarmed")))
                .findOne();
        if (connected >= atLeast) {
            missing.ifPresent(gone -> back(tx, one, gone));
            return Optional.empty();
        }
        if (missing.isEmpty()) {
            tx.update("insert into missing_workload (name, since, alarmed) values (:name, :now, false)")
                    .bind("name", one.workload())
                    .bind("now", now)
                    .execute();
            return Optional.empty();
        }
        if (missing.get().alarmed() || now.isBefore(missing.get().since().plus(Duration.ofSeconds(seconds)))) {
            return Optional.empty();
        }
        tx.update("update missing_workload set alarmed = true where name = :name")
                .bind("name", one.workload())
                .execute();
        String what = "expected workload " + one.workload() + " is silent: " + connected + " of at least " + atLeast
                + " connected since " + missing.get().since();
        audit.write(tx, "control plane", "workload.silent", one.workload(), what);
        return Optional.of(new Alarm(last(tx, one.workload()), what));
    }

    private void back(Tx tx, WorkloadSettings.Expected one, Missing gone) {
        tx.update("delete from missing_workload where name = :name")
                .bind("name", one.workload())
                .execute();
        if (gone.alarmed()) {
            audit.write(tx, "control plane", "workload.back", one.workload(), "connected again");
        }
    }

    private static @Nullable String last(Tx tx, String name) {
        return tx.query("select id from workload where name = :name order by last_seen desc limit 1")
                .bind("name", name)
                .mapTo(String.class)
                .findOne()
                .orElse(null);
    }

    private void raise(Alarm alarm) {
        LOG.warn("{}", alarm.what());
        String workload = alarm.workload();
        if (workload != null) {
            events.raise(workload, alarm.what());
        }
    }
}
