package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.controlplane.store.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log says of a statement that failed. */
class FaultTest {

    @Test
    void itNamesTheStateAndThePlaceAndNoValue(@TempDir Path directory) {
        try (Database database = Database.open(directory, null)) {
            Exception failure = null;
            try {
                database.run(tx -> tx.update("insert into spool (workload_id, spool, acknowledged) values (:w, :s, 0)")
                        .bind("w", "canary-of-nobody")
                        .bind("s", "canary-spool")
                        .execute());
            } catch (RuntimeException e) {
                failure = e;
            }
            assertThat(failure).as("the driver's own words").isNotNull();
            assertThat(failure.toString()).contains("canary");
            assertThat(Fault.of(failure))
                    .contains("SQLState 23506", "store.Database.change")
                    .doesNotContain("canary", "insert");
        }
    }
}
