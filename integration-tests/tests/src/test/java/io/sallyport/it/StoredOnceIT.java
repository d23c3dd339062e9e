package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.RecordingProxy;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens between agents and the control plane, each event is stored once, what is stored is intact, and what is missing is told. */
@ExtendWith(Postgres.class)
class StoredOnceIT {

    private static final String POLICY = "version: 1\nmode: enforce\n";

    /** Bytes that a connection takes to say who it is and to send the beginning of an upload. */
    private static final int INTO_AN_UPLOAD = 12_000;

    @Test
    void theNetworkIsCutInTheMiddleOfUploads(TlsPostgres postgres, @TempDir Path directory) throws Exception {
        postgres.execute("CREATE TABLE cut_log (id int)");
        try (Plane plane = Plane.start(directory, POLICY);
                RecordingProxy line = RecordingProxy.to(plane.server().port());
                Console workload = Console.start(through(line, plane, postgres))) {
            plane.awaitEvent("its first connection", Plane.event("OPEN", "connect", ""));
            line.cut();
            write(workload, "cut_log", 1, 200);
            for (int i = 0; i < 3; i++) {
                cutWithinAnUpload(line);
            }
            line.mend();
            expectOnce(plane, "cut_log", 200);
            expectIntact(plane);
        }
    }

    @Test
    void theControlPlaneIsKilledInTheMiddleOfIngest(TlsPostgres postgres, @TempDir Path directory) throws Exception {
        postgres.execute("CREATE TABLE ingest_log (id int)");
        try (Plane plane = Plane.start(directory, POLICY);
                RecordingProxy line = RecordingProxy.to(plane.server().port());
                Console workload = Console.start(through(line, plane, postgres))) {
            plane.awaitEvent("its first connection", Plane.event("OPEN", "connect", ""));
            line.cut();
            write(workload, "ingest_log", 1, 200);
            for (int i = 0; i < 3; i++) {
                cutWithinAnUpload(line);
                plane.killAndRestart();
            }
            line.mend();
            expectOnce(plane, "ingest_log", 200);
            expectIntact(plane);
        }
    }

    private static ChildJvm.Builder through(RecordingProxy line, Plane plane, TlsPostgres postgres) {
        return plane.governing(Console.sql(postgres), "spool")
                .env("SALLYPORT_CONTROL_PLANE", "https://localhost:" + line.port());
    }

    private static void cutWithinAnUpload(RecordingProxy line) {
        line.mendFor(INTO_AN_UPLOAD);
        Awaitility.await("an upload").atMost(Plane.LIMIT).until(line::isCut);
    }

    @Test
    void severalWorkloadsShareASpoolDirectoryAndOneTakesOverWhatAKilledOneLeft(
            TlsPostgres postgres, @TempDir Path directory) throws Exception {
        postgres.execute("CREATE TABLE shared_log (id int)");
        try (Plane plane = Plane.start(directory, POLICY);
                RecordingProxy line = RecordingProxy.to(plane.server().port());
                Console first = Console.start(through(line, plane, postgres));
                Console second = Console.start(plane.governing(Console.sql(postgres), "spool"))) {
            write(second, "shared_log", 1, 20);
            line.cut();
            write(first, "shared_log", 21, 40);
            first.jvm().kill();
            try (Console third = Console.start(plane.governing(Console.sql(postgres), "spool"))) {
                write(second, "shared_log", 41, 50);
                write(third, "shared_log", 51, 70);
                expectOnce(plane, "shared_log", 70);
                expectIntact(plane);
            }
        }
    }

    @Test
    void aControlPlaneThatIsRestoredFromABackupGetsAgainWhatIsOnDisksAndTellsWhatIsNot(
            TlsPostgres postgres, @TempDir Path directory) throws Exception {
        postgres.execute("CREATE TABLE backup_log (id int)");
        Path backup = directory.resolve("backup");
        try (Plane plane = Plane.start(directory, POLICY)) {
            String recording;
            long backedUp;
            try (Console workload = Console.start(plane.governing(Console.sql(postgres), "spool"))) {
                write(workload, "backup_log", 1, 10);
                expectOnce(plane, "backup_log", 10);
                plane.backUp(backup);
                JsonNode then = onlyRecording(plane);
                recording = then.path("recording").asText();
                backedUp = then.path("last").asLong();
                write(workload, "backup_log", 11, 20);
                expectOnce(plane, "backup_log", 20);

                plane.restore(backup);
                write(workload, "backup_log", 21, 30);
                expectOnce(plane, "backup_log", 30);
                expectIntact(plane);
                assertThat(alarms(plane)).isEmpty();
                // It ends, and leaves nothing on its disk that is not confirmed.
                workload.jvm().terminate();
                workload.jvm().exitCode(Plane.LIMIT);
            }
            plane.restore(backup);
            try (Console next = Console.start(plane.governing(Console.sql(postgres), "spool"))) {
                write(next, "backup_log", 31, 31);
                Awaitility.await("the alarm")
                        .atMost(Plane.LIMIT)
                        .untilAsserted(() -> assertThat(alarms(plane))
                                .singleElement()
                                .asString()
                                .contains(recording, "restored from a backup")
                                .containsPattern("behind event [0-9]+ was confirmed up to event [0-9]+"));
                String alarm = alarms(plane).get(0);
                long last = Long.parseLong(alarm.replaceFirst(".*behind event ([0-9]+) .*", "$1"));
                assertThat(last).isLessThanOrEqualTo(backedUp);
                expectOnce(plane, "backup_log", 11);
            }
        }
    }

    private static void write(Console workload, String table, int first, int last) throws Exception {
        for (int i = first; i <= last; i++) {
            assertThat(workload.ask("run", "INSERT INTO " + table + " VALUES (" + i + ")"))
                    .containsExactly("count 1");
        }
    }

    /** Decision and result of each write, once. */
    private static void expectOnce(Plane plane, String table, int writes) {
        for (String type : List.of("DECISION", "RESULT")) {
            Awaitility.await(type + " of " + writes + " writes")
                    .atMost(Duration.ofSeconds(120))
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        Map<String, Long> calls = plane.events().stream()
                                .filter(Plane.event(type, "insert", table))
                                .map(event -> event.path("call").asText())
                                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
                        assertThat(calls).hasSize(writes);
                        assertThat(calls.values()).containsOnly(1L);
                    });
        }
    }

    /** What the control plane itself finds of all recordings. */
    private static void expectIntact(Plane plane) throws Exception {
        for (JsonNode workload : plane.admin().get("/api/v1/workloads")) {
            assertThat(plane.admin()
                            .get("/api/v1/workloads/" + workload.path("id").asText() + "/recordings"))
                    .isNotEmpty()
                    .allSatisfy(recording ->
                            assertThat(recording.path("problem").asText("")).isIn("", "null"));
        }
    }

    private static JsonNode onlyRecording(Plane plane) throws Exception {
        String workload =
                plane.admin().get("/api/v1/workloads").get(0).path("id").asText();
        return plane.admin()
                .get("/api/v1/workloads/" + workload + "/recordings")
                .get(0);
    }

    private static List<String> alarms(Plane plane) throws Exception {
        return plane.events().stream()
                .filter(event -> event.path("type").asText().equals("ALARM"))
                .map(event -> event.path("error").asText())
                .toList();
    }
}
