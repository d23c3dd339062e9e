package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.Jars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator gets for each way to start the agent, right or wrong. */
class AgentStartIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CANNOT_ENFORCE = 78;
    private static final String CREATE = "CREATE TABLE t (id int, email varchar)";
    private static final String INSERT = "INSERT INTO t VALUES (1, 'ann@example.com')";
    private static final String READ = "SELECT id, email FROM t";
    private static final String DROP = "DROP TABLE t";

    @TempDir
    Path directory;

    private Path policy(String text) throws IOException {
        return Files.writeString(directory.resolve("policy.yaml"), text);
    }

    private ChildJvm start(String options, String... statements) throws IOException {
        return Probe.h2(directory.resolve("spool"), options, statements);
    }

    @Test
    void withoutConfigurationItObservesAndSaysSoInOneLine() throws Exception {
        try (ChildJvm jvm = start("", CREATE, INSERT, READ, DROP)) {
            assertThat(jvm.exitCode(LIMIT)).isZero();
            assertThat(jvm.lines())
                    .filteredOn(l -> l.startsWith("sallyport"))
                    .hasSize(1)
                    .allMatch(l -> l.contains("observing with the built-in starter policy"));
            assertThat(jvm.lines())
                    .filteredOn(l -> !l.startsWith("sallyport"))
                    .containsExactly(
                            "connected", "1 count 0", "2 count 1", "3 row | 1 | ann@example.com", "4 count 0", "end");
        }
    }

    @Test
    void aPolicyFileIsEnforced() throws Exception {
        Path policy = policy("""
                version: 1
                mode: enforce
                mask:
                  - name: contact
                    columns: ["*.email"]
                    with: redact
                guard:
                  - name: no-drop
                    when: {kind: [drop]}
                    then: deny
                    message: "Schema changes go through the pipeline."
                """);
        try (ChildJvm jvm = start("policy=" + policy, CREATE, INSERT, READ, DROP, DROP, "SELECT count(*) FROM t")) {
            assertThat(jvm.exitCode(LIMIT)).isZero();
            assertThat(jvm.output()).doesNotContain("ann@example.com").contains("3 row | 1 | ");
            assertThat(jvm.lines())
                    .filteredOn(l -> l.matches("[45] failed java.sql.SQLException 42501 .*pipeline.*no-drop.*"))
                    .hasSize(2);
            assertThat(jvm.lines()).contains("6 row | 1");
        }
    }

    @Test
    void anUnknownOptionStopsTheJvmWithOneLine() throws Exception {
        expectStop(start("polcy=x"), "unknown agent option 'polcy'");
    }

    @Test
    void aMissingPolicyFileStopsTheJvmWithOneLine() throws Exception {
        expectStop(start("policy=" + directory.resolve("nowhere.yaml")), "nowhere.yaml does not exist");
    }

    @Test
    void anInvalidPolicyStopsTheJvmNamingFileLineAndReason() throws Exception {
        Path policy = policy("version: 1\nmode: enforce\nguards: []\n");
        expectStop(start("policy=" + policy), "policy.yaml:3");
    }

    @Test
    void aControlPlaneWithoutTlsIsRefusedAtStart() throws Exception {
        expectStop(start("control-plane=http://localhost:1"), "https://");
    }

    private static void expectStop(ChildJvm jvm, String cause) throws Exception {
        try (jvm) {
            assertThat(jvm.exitCode(LIMIT)).as(jvm.output()).isEqualTo(CANNOT_ENFORCE);
            assertThat(jvm.lines())
                    .hasSize(1)
                    .allMatch(l -> l.startsWith("sallyport: cannot start") && l.contains(cause));
        }
    }

    @Test
    void aControlPlaneThatIsAwayMeansRefusedCallsAfterTheColdStartWait() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "sp1." + "A".repeat(43) + ".abcd.efghijkl");
        String options = "control-plane=https://localhost:1,cold-start-wait=1s,token-file=" + token;
        try (ChildJvm jvm = start(options, CREATE)) {
            assertThat(jvm.exitCode(LIMIT)).isZero();
            assertThat(jvm.output()).contains("connect failed 42501").contains("cold-start");
        }
        try (ChildJvm jvm = start(options + ",on-cold-start=observe", CREATE)) {
            assertThat(jvm.exitCode(LIMIT)).isZero();
            assertThat(jvm.output()).contains("1 count 0");
        }
    }

    @Test
    void jdkToolsUnderJavaToolOptionsAreUnharmed() throws Exception {
        for (List<String> tool :
                List.of(List.of("keytool", "-help"), List.of("jcmd", "-h"), List.of("javac", "-version"))) {
            String home = System.getProperty("sallyport.test.javaHome", System.getProperty("java.home"));
            ProcessBuilder builder =
                    new ProcessBuilder(home + "/bin/" + tool.get(0), tool.get(1)).redirectErrorStream(true);
            List<String> plain = output(builder);
            builder.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:" + Jars.agent() + "=policy=/nowhere");
            assertThat(output(builder))
                    .filteredOn(l -> !l.startsWith("Picked up"))
                    .isEqualTo(plain);
        }
    }

    private static List<String> output(ProcessBuilder builder) throws Exception {
        Process p = builder.start();
        List<String> lines =
                new String(p.getInputStream().readAllBytes()).lines().toList();
        assertThat(p.waitFor()).isZero();
        return lines;
    }

    @Test
    void itRunsBesideTheOpenTelemetryAgentInEitherOrder() throws Exception {
        Path policy = policy("""
                version: 1
                mode: enforce
                guard:
                  - name: no-drop
                    when: {kind: [drop]}
                    then: deny
                """);
        String telemetry = "-javaagent:" + System.getProperty("sallyport.opentelemetry");
        String ours = "-javaagent:" + Jars.agent() + "=policy=" + policy;
        for (String[] order : new String[][] {{telemetry, ours}, {ours, telemetry}}) {
            try (ChildJvm jvm = Probe.sql(directory.resolve("spool"))
                    .jvm(order)
                    .jvm("-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none")
                    .run(Probe.arguments(Probe.H2, CREATE, INSERT, DROP, READ))
                    .start()) {
                assertThat(jvm.exitCode(LIMIT)).as(jvm.output()).isZero();
                assertThat(jvm.output())
                        .contains("3 failed java.sql.SQLException 42501")
                        .contains("4 row | 1 | ann@example.com");
            }
        }
    }
}
