package io.sallyport.controlplane.store;

import io.sallyport.controlplane.StartFailure;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the store's tables to the version of this jar. With much in them a step may take minutes, so each is told when it begins. */
final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /** @throws StartFailure when a step fails, or the tables are of a later version */
    static void run(DataSource store, boolean shared) {
        try {
            Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(store)
                    .locations(locations(shared))
                    .callbacks(new Told())
                    .load();
            int steps = flyway.info().pending().length;
            if (steps > 0) {
                MigrationInfo current = flyway.info().current();
                LOG.info(
                        "the store's tables are {}; {} steps bring them up to date, let them end",
                        current == null ? "not there yet" : "of version " + current.getVersion(),
                        steps);
            }
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StartFailure(
                    "the store's tables cannot be brought up to date: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown error")
                            + "; restore the backup, or run the version that wrote this store",
                    e);
        }
    }

    private static String[] locations(boolean shared) {
        return shared
                ? new String[] {"classpath:db/migration", "classpath:db/postgresql"}
                : new String[] {"classpath:db/migration"};
    }

    private static final class Told extends BaseCallback {

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.BEFORE_EACH_MIGRATE;
        }

        @Override
        public void handle(Event event, Context context) {
            MigrationInfo step = context.getMigrationInfo();
            LOG.info("tables, step {}: {}", step.getVersion(), step.getDescription());
        }
    }

    private Migrations() {}
}
