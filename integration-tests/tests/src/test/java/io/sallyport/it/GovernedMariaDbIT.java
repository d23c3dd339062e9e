package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.MariaDb;
import io.sallyport.testing.RecordingProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workload with HikariCP on MariaDB, by both families of drivers, under a policy file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GovernedMariaDbIT {

    private static final String POLICY = """
            version: 1
            mode: enforce
            targets:
              - {name: shop, jdbc: "jdbc:@VENDOR@://localhost:*/app"}
            tls:
              - {target: shop, level: verify-full, minVersion: TLSv1.2, roots: ["@CA@"]}
            mask:
              - name: card-numbers
                columns: [app.customers.card_number]
                with: {keepLast: 4}
            guard:
              - name: no-drop
                when: {kind: [drop]}
                then: deny
                message: "Schema changes go through the pipeline."
            """;

    @TempDir
    private static Path directory;

    @AutoClose
    private MariaDb server;

    @AutoClose
    private MariaDb plain;

    @BeforeAll
    void start() throws Exception {
        server = MariaDb.startWithTls(directory.resolve("tls"));
        server.execute(
                "CREATE TABLE app.customers (id INT, card_number VARCHAR(20))",
                "INSERT INTO app.customers VALUES (1, '4111111111111111')");
        plain = MariaDb.startWithoutTls();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "mariadb"})
    void maskedRowsARefusedDropAndTlsThatNobodyAskedFor(String vendor) throws Exception {
        try (Console console = console(vendor)) {
            assertThat(console.ask("run", "SELECT id, card_number FROM customers"))
                    .containsExactly("row | 1 | ************1111");
            assertThat(console.ask("run", "DROP TABLE customers"))
                    .singleElement()
                    .asString()
                    .startsWith("failed java.sql.SQLException 42501 ")
                    .contains("Schema changes go through the pipeline.");
            assertThat(console.ask("run", "SHOW STATUS LIKE 'Ssl_version'"))
                    .singleElement()
                    .asString()
                    .startsWith("row | Ssl_version | TLSv1.");
        }
        assertThat(server.query("SELECT count(*) FROM app.customers")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "mariadb"})
    void aServerWithoutTlsGetsNeitherNameNorPassword(String vendor) throws Exception {
        try (RecordingProxy proxy = RecordingProxy.to(plain.port());
                Console console = console(vendor)) {
            assertThat(console.ask("connect", "jdbc:" + vendor + "://localhost:" + proxy.port() + "/app"))
                    .singleElement()
                    .asString()
                    .startsWith("failed ");
            assertThat(proxy.connections()).isPositive();
            assertThat(proxy.hasSeen(plain.password())).isFalse();
            assertThat(proxy.hasSeen("app")).isFalse();
        }
    }

    @Test
    void failoverIsGoverned() throws Exception {
        try (Console console = console("mysql")) {
            String hosts = "localhost:1,localhost:" + server.port();
            assertThat(console.ask("connect", "jdbc:mysql://" + hosts + "/app")).containsExactly("row | 1");
        }
    }

    private Console console(String vendor) throws Exception {
        Path policy = Files.writeString(
                directory.resolve(vendor + ".yaml"),
                POLICY.replace("@VENDOR@", vendor).replace("@CA@", server.ca().toString()));
        String url = vendor.equals("mysql") ? server.mysqlUrl() : server.url();
        ChildJvm.Builder workload = Console.sql(url, server.user(), server.password())
                .agent("policy=" + policy)
                .env("SALLYPORT_SPOOL", directory.resolve("spool-" + vendor).toString());
        return Console.start(workload);
    }
}
