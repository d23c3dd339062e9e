package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.Jars;
import io.sallyport.testing.MariaDb;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent joins a process whose driver is loaded and whose connections are open. */
@ExtendWith(Postgres.class)
class AttachIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final String POLICY = """
            version: 1
            mode: enforce
            mask:
              - {name: emails, columns: [people.email], with: {keepLast: 4}}
            guard:
              - {name: no-drop, when: {kind: [drop]}, then: deny, message: "Not while people look."}
            """;

    @TempDir
    Path directory;

    private ChildJvm attach(ChildJvm to, String options) throws Exception {
        ChildJvm cli = ChildJvm.builder()
                .jvm("-jar", Jars.agent().toString())
                .run("attach", String.valueOf(to.pid()), "--options", options)
                .start();
        cli.exitCode(LIMIT);
        return cli;
    }

    private String options() throws Exception {
        Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
        return "policy=" + policy + ",spool=" + directory.resolve("spool");
    }

    private ChildJvm working(String url, String user, String password) throws Exception {
        ChildJvm jvm = ChildJvm.builder()
                .classPath(Probe.classPath())
                .run("io.example.probe.AttachProbe", url, user, password)
                .start();
        jvm.awaitLine("ready", LIMIT);
        return jvm;
    }

    private void joins(String url, String user, String password) throws Exception {
        try (ChildJvm jvm = working(url, user, password);
                ChildJvm cli = attach(jvm, options())) {
            assertThat(cli.output()).contains("attached to " + jvm.pid());
            jvm.send("");
            assertThat(jvm.exitCode(LIMIT)).as(jvm.output()).isZero();
            assertThat(jvm.output()).contains("before: ann@example.org");
            assertThat(jvm.output()).contains("\nmetadata: false\n");
            assertThat(jvm.output()).contains("\nexecuted: ").doesNotContain("executed: ann@example.org");
            // The catalogue is not read on a connection that is in use: what it shows is hidden as a whole.
            for (String masked : new String[] {"prepared", "statement", "new statement"}) {
                assertThat(jvm.output()).contains("\n" + masked + ": ***\n");
            }
            assertThat(jvm.output()).contains("new connection: ***********.org");
            assertThat(jvm.output()).doesNotContain("bob@example.org");
            assertThat(jvm.output()).contains("drop: 42501 Refused by Sallyport: Not while people look.");
            assertThat(jvm.output())
                    .contains("\nwrite back: 42501 Refused by Sallyport")
                    .contains("\nolder write back: 42501 Refused by Sallyport");
            assertThat(jvm.output())
                    .contains("batch: 42501 Refused by Sallyport")
                    .contains("count: 2");
        }
    }

    @Test
    void whatIsOpenInH2IsGoverned() throws Exception {
        joins("jdbc:h2:mem:attached", "sa", "");
    }

    @Test
    void whatIsOpenInPostgresqlIsGoverned(TlsPostgres postgres) throws Exception {
        joins(postgres.url(), postgres.user(), postgres.password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "mariadb"})
    void whatIsOpenInMariaDbIsGoverned(String vendor) throws Exception {
        try (MariaDb server = MariaDb.startWithoutTls()) {
            String url = vendor.equals("mysql") ? server.mysqlUrl() : server.url();
            joins(url, server.user(), server.password());
        }
    }

    @Test
    void anAgentThatCannotStartLeavesTheProcessAsItWas() throws Exception {
        try (ChildJvm jvm = working("jdbc:h2:mem:alone", "sa", "");
                ChildJvm cli = attach(jvm, "policy=" + directory.resolve("missing.yaml"))) {
            assertThat(cli.exitCode(LIMIT)).isNotZero();
            assertThat(jvm.awaitLine("cannot be attached", LIMIT)).contains("missing.yaml does not exist");
            jvm.send("");
            assertThat(jvm.exitCode(LIMIT)).isZero();
            assertThat(jvm.output()).contains("statement: ann@example.org");
        }
    }
}
