package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control plane that is restored from a backup that knows less than its workloads. */
@Tag("build-jdk")
class RecoveredPolicyIT {

    private static final String OPEN = "version: 1\nmode: enforce\n";
    private static final String MASKED = OPEN + "mask:\n  - {name: contact, columns: [\"*.email\"], with: redact}\n";
    private static final String CLEAR = "ada@example.com";

    @Test
    void theVersionThatAWorkloadStillHasReachesTheOthersOnceItIsPromoted(@TempDir Path directory) throws Exception {
        try (Plane plane = Plane.start(directory, OPEN);
                Console keeping = workload(plane, "keeping")) {
            Path backup = plane.backUp();
            long lost = plane.push(MASKED);
            eventually("the mask", () -> !read(keeping).contains(CLEAR));

            plane.restore(backup);
            assertThat(plane.policyVersion()).isLessThan(lost);
            JsonNode recovered = Awaitility.await("the version to be shown")
                    .atMost(Plane.LIMIT)
                    .until(
                            () -> plane.admin().get("/api/v1/policy/versions").get(0),
                            newest -> newest.path("version").asLong() == lost);
            assertThat(recovered.path("author").asText()).isEqualTo("recovered");
            assertThat(recovered.path("stage").toString()).as("whom it is for").isEqualTo("{}");
            assertThat(read(keeping)).as("where it was in force").doesNotContain(CLEAR);
            try (Console other = workload(plane, "other")) {
                assertThat(read(other)).as("for nobody else yet").contains(CLEAR);
                plane.promote(lost);
                eventually("the mask in the other workload", () -> !read(other).contains(CLEAR));
                assertThat(plane.policyVersion()).isEqualTo(lost);
            }
        }
    }

    private static Console workload(Plane plane, String name) throws Exception {
        Console workload = Console.start(
                plane.governing(Console.sql("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", ""), name));
        workload.ask("run", "CREATE TABLE people (email varchar)");
        workload.ask("run", "INSERT INTO people VALUES ('" + CLEAR + "')");
        assertThat(read(workload)).contains(CLEAR);
        return workload;
    }

    private static String read(Console workload) throws Exception {
        return workload.ask("run", "SELECT email FROM people").get(0);
    }

    private static void eventually(String what, Callable<Boolean> state) {
        Awaitility.await(what)
                .atMost(Plane.LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(state);
    }
}
