package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.RecordingProxy;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL right after a governed write: its event must reach the control plane at the next start. */
@ExtendWith(Postgres.class)
class KilledWorkloadIT {

    private static final int ROUNDS = Boolean.getBoolean("sallyport.soak") ? 200 : 3;
    private static final String POLICY = "version: 1\nmode: enforce\n";

    @Test
    void theEventOfAWriteSurvivesTheKillOfItsProcess(TlsPostgres postgres, @TempDir Path directory) throws Exception {
        postgres.execute("CREATE TABLE killed_log (id int)");
        try (Plane plane = Plane.start(directory, POLICY);
                RecordingProxy line = RecordingProxy.to(plane.server().port())) {
            for (int round = 1; round <= ROUNDS; round++) {
                line.mend();
                ChildJvm.Builder workload = plane.governing(Console.sql(postgres), "spool")
                        .env("SALLYPORT_CONTROL_PLANE", "https://localhost:" + line.port());
                try (Console console = Console.start(workload)) {
                    assertThat(console.ask("run", "SELECT 1")).containsExactly("row | 1");
                    // Every other time the event cannot have been sent before the kill.
                    if (round % 2 == 1) {
                        line.cut();
                    }
                    String write = "INSERT INTO killed_log (id) VALUES (" + round + ")";
                    assertThat(console.ask("run", write)).containsExactly("count 1");
                    console.jvm().kill();
                }
                line.mend();
                try (Console next = Console.start(workload)) {
                    assertThat(next.ask("run", "SELECT 2")).containsExactly("row | 2");
                    int expected = round;
                    plane.awaitEvent(
                            "decision " + round + " of " + ROUNDS,
                            e -> e.path("type").asText().equals("DECISION") && decisions(plane) == expected);
                }
            }
            assertThat(postgres.query("SELECT count(*) FROM killed_log")).isEqualTo(String.valueOf(ROUNDS));
        }
    }

    private static long decisions(Plane plane) {
        try {
            return plane.events().stream()
                    .filter(Plane.event("DECISION", "insert", "killed_log"))
                    .count();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
