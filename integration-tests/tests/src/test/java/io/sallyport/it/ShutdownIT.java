package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.Jars;
import io.sallyport.testing.TlsPostgres;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ends that somebody asked for. */
@ExtendWith(Postgres.class)
class ShutdownIT {

    /** Five seconds for the spool by contract; the rest is for a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    /** The signal's code, or 0 where the main thread ended on its own while the JVM was shutting down: HotSpot lets them race. */
    private static final Object[] ENDED = {143, 0};

    private static final String POLICY = """
            version: 1
            mode: enforce
            guard:
              - name: mass-write
                when: {unboundedWrite: true}
                then: approve
                approval: {anyOf: [dba], wait: 10m, timeout: 15m}
            """;

    @Test
    void aTerminatedWorkloadWithAHeldCallEndsAndWithdrawsItsTicket(TlsPostgres postgres, @TempDir Path directory)
            throws Exception {
        postgres.execute("CREATE TABLE shutdown_carts (id int)", "INSERT INTO shutdown_carts VALUES (1)");
        try (Plane plane = Plane.start(directory, POLICY);
                Console workload = Console.start(plane.governing(Console.sql(postgres), "spool"))) {
            workload.begin("start", "DELETE FROM shutdown_carts");
            JsonNode ticket = plane.awaitTicket("shutdown_carts");
            workload.jvm().terminate();
            assertThat(workload.jvm().exitCode(BOUND)).isIn(ENDED);
            plane.awaitState(ticket, "withdrawn");
            JsonNode outcome = plane.awaitEvent("its outcome", Plane.event("OUTCOME", "delete", "shutdown_carts"));
            assertThat(outcome.path("verdict").asText()).isEqualTo("deny");
            assertThat(postgres.query("SELECT count(*) FROM shutdown_carts")).isEqualTo("1");
        }
    }

    @Tag("build-jdk")
    @Test
    void theControlPlaneEndsWithinItsBound(@TempDir Path directory) throws Exception {
        try (Plane plane = Plane.start(directory, POLICY);
                Console workload =
                        Console.start(plane.governing(Console.sql("jdbc:h2:mem:bound", "sa", ""), "spool"))) {
            assertThat(workload.ask("run", "SELECT 1")).containsExactly("row | 1");
            plane.server().process().terminate();
            assertThat(plane.server().process().exitCode(BOUND)).isIn(ENDED);
            assertThat(workload.ask("run", "SELECT 2")).containsExactly("row | 2");
        }
    }

    @Tag("build-jdk")
    @Test
    void aDemoThatIsInterruptedLeavesNoProcessAndNoFileBehind(@TempDir Path temporary) throws Exception {
        Path demo = Jars.root().resolve("integration-tests/demo/target");
        try (ChildJvm jvm = ChildJvm.builder()
                .classPath(demo.resolve("classes") + File.pathSeparator + demo.resolve("lib") + "/*")
                .jvm("-Djava.io.tmpdir=" + temporary)
                .directory(Jars.root())
                .run("io.sallyport.demo.Demo")
                .start()) {
            jvm.awaitLine("Approve it in one of three ways", Duration.ofSeconds(120));
            Assumptions.assumeFalse(
                    ignoresInterrupt(jvm.pid()),
                    "SKIPPED: this build runs with SIGINT ignored, and so do its children");
            List<ProcessHandle> started = processes(jvm.pid(), temporary);
            assertThat(started).as("workload, control plane, postgres").hasSizeGreaterThanOrEqualTo(3);
            new ProcessBuilder("kill", "-INT", String.valueOf(jvm.pid()))
                    .start()
                    .waitFor();
            assertThat(jvm.exitCode(Duration.ofSeconds(60))).as(jvm.output()).isEqualTo(130);
            Awaitility.await("every process to end")
                    .atMost(BOUND)
                    .until(() -> started.stream().noneMatch(ProcessHandle::isAlive)
                            && processes(jvm.pid(), temporary).isEmpty());
            assertThat(jvm.output()).contains("Stopped. Nothing is left running.");
            try (Stream<Path> left = Files.list(temporary)) {
                assertThat(left.filter(p -> p.getFileName().toString().startsWith("sallyport-")))
                        .isEmpty();
            }
        }
    }

    /** Children of the demo, and the database server, which detaches itself but is started below the temporary directory. */
    private static List<ProcessHandle> processes(long demo, Path temporary) {
        Stream<ProcessHandle> children =
                ProcessHandle.of(demo).map(ProcessHandle::descendants).orElse(Stream.empty());
        Stream<ProcessHandle> detached = ProcessHandle.allProcesses()
                .filter(p -> p.pid() != demo)
                .filter(p -> p.info().commandLine().orElse("").contains(temporary.toString()));
        return Stream.concat(children, detached).distinct().toList();
    }

    /** Whether the process inherited SIGINT (2) as ignored, as children of background jobs do; JVMs then leave it so. */
    private static boolean ignoresInterrupt(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(l -> l.startsWith("SigIgn:"))
                    .anyMatch(l -> new BigInteger(l.substring(7).strip(), 16).testBit(1));
        }
    }
}
