package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A policy that is changed while workloads run. */
@Tag("build-jdk")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyUpdateIT {

    private static final String OPEN = "version: 1\nmode: enforce\n";
    private static final String MASKED = OPEN + "mask:\n  - {name: contact, columns: [\"*.email\"], with: redact}\n";
    private static final String INVALID = OPEN + "guard:\n  - name: typo\n    when: {knd: [drop]}\n    then: deny\n";
    private static final String READ = "SELECT email FROM people";

    private Plane plane;
    private Console workload;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        plane = Plane.start(directory, OPEN);
        workload =
                Console.start(plane.governing(Console.sql("jdbc:h2:mem:updates;DB_CLOSE_DELAY=-1", "sa", ""), "spool"));
        workload.ask("run", "CREATE TABLE people (email varchar)");
        assertThat(workload.ask("run", "INSERT INTO people VALUES ('ada@example.com')"))
                .containsExactly("count 1");
    }

    @AfterAll
    void stop() throws Exception {
        if (workload != null) {
            workload.close();
        }
        if (plane != null) {
            plane.close();
        }
    }

    private boolean readsInTheClear() throws IOException, InterruptedException {
        List<String> said = workload.ask("run", READ);
        assertThat(said).singleElement().asString().startsWith("row | ");
        return said.get(0).contains("ada@example.com");
    }

    private static void eventually(String what, Callable<Boolean> state) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(state);
    }

    @Test
    void aPushedPolicyTakesEffectInTheRunningWorkload() throws Exception {
        plane.push(OPEN);
        eventually("the open policy", this::readsInTheClear);
        long before = System.nanoTime();
        long version = plane.push(MASKED);
        eventually("the masking policy", () -> !readsInTheClear());
        System.out.println("PolicyUpdateIT: in force in the workload " + (System.nanoTime() - before) / 1_000_000
                + " ms after the push began");
        eventually(
                "the workload's report",
                () -> plane.admin()
                                .get("/api/v1/workloads")
                                .get(0)
                                .path("policyVersion")
                                .asLong()
                        == version);
        plane.push(OPEN.replace("enforce", "observe"));
        eventually("the mode of the new policy", () -> mode().equals("observe"));
        plane.push(OPEN);
        eventually("the mode of the next", () -> mode().equals("enforce"));
        assertThat(readsInTheClear()).isTrue();
    }

    private String mode() throws IOException, InterruptedException {
        return plane.admin().get("/api/v1/workloads").get(0).path("mode").asText();
    }

    @Test
    void anInvalidPolicyIsRefusedWithLineNumbersAndTheOldOneStays() throws Exception {
        plane.push(MASKED);
        eventually("the masking policy", () -> !readsInTheClear());
        long version = plane.policyVersion();
        assertThatThrownBy(() -> plane.push(INVALID))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("422")
                .hasMessageContaining("\"line\":5")
                .hasMessageContaining("knd");
        assertThat(plane.policyVersion()).isEqualTo(version);
        assertThat(readsInTheClear()).isFalse();
        JsonNode shown = plane.admin().get("/api/v1/workloads").get(0);
        assertThat(shown.path("policyError").isNull()
                        || shown.path("policyError").asText().isEmpty())
                .isTrue();
    }
}
