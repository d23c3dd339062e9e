package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.FreePort;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.MariaDb;
import io.sallyport.testing.RecordingProxy;
import io.sallyport.testing.RelayProcess;
import io.sallyport.testing.TestAuthority;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Databases that speak no TLS at all, each behind an enrolled relay, and workloads whose URLs know nothing of it. Two recording proxies stand
 * on the wire: one where the URL leads, which must stay unused, one before the relay, which must see nothing that can be read.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayedDatabasesIT {

    private static final String PASSWORD = "mariadb-password-canary";
    private static final String CARD = "4111111111111111";

    @TempDir
    private static Path directory;

    @AutoClose
    private Plane plane;

    @AutoClose
    private EmbeddedPostgres postgres;

    @AutoClose
    private MariaDb mariadb;

    @BeforeAll
    void start() throws Exception {
        plane = Plane.start(directory, "version: 1\nmode: enforce\n");
        Path access = Files.writeString(
                directory.resolve("pg_hba.conf"), "host all postgres all trust\nhost all all all password\n");
        postgres = EmbeddedPostgres.builder()
                .setPort(FreePort.find())
                .setServerConfig("hba_file", access.toString())
                .setServerConfig("fsync", "off")
                .start();
        try (Connection c = postgres.getPostgresDatabase().getConnection();
                Statement s = c.createStatement()) {
            s.execute("CREATE ROLE app LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
        }
        mariadb = MariaDb.startWithoutTls();
    }

    private int serverPort(String vendor) {
        return vendor.equals("postgresql") ? postgres.getPort() : mariadb.port();
    }

    private static String url(String vendor, int port) {
        return "jdbc:" + vendor + "://localhost:" + port + (vendor.equals("postgresql") ? "/postgres" : "/app");
    }

    private void govern(String vendor, int place, int relay) throws Exception {
        plane.push("""
                version: 1
                mode: enforce
                targets:
                  - {name: shop, jdbc: "jdbc:@VENDOR@://localhost:@PLACE@/*"}
                tls:
                  - {target: shop, level: verify-full, minVersion: TLSv1.3, relay: "localhost:@RELAY@"}
                mask:
                  - name: card-numbers
                    columns: ["*.card_number"]
                    with: {keepLast: 4}
                guard:
                  - name: no-drop
                    when: {kind: [drop]}
                    then: deny
                    message: "Schema changes go through the pipeline."
                """.replace("@VENDOR@", vendor)
                .replace("@PLACE@", String.valueOf(place))
                .replace("@RELAY@", String.valueOf(relay)));
    }

    private Console console(String vendor, int port, String spool) throws Exception {
        ChildJvm.Builder workload = Console.sql(url(vendor, port), "app", PASSWORD);
        return Console.start(plane.governing(workload, spool));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "mysql"})
    void everythingCrossesTheWireInTlsAndThePolicyHoldsAsEverywhere(String vendor) throws Exception {
        try (RecordingProxy direct = RecordingProxy.to(serverPort(vendor));
                RelayProcess relay =
                        RelayProcess.start(plane.server(), directory.resolve("relay-" + vendor), serverPort(vendor));
                RecordingProxy wire = RecordingProxy.to(relay.port())) {
            govern(vendor, direct.port(), wire.port());
            String table = "customers_" + vendor;
            try (Console console = console(vendor, direct.port(), "spool-" + vendor)) {
                assertThat(console.ask("connect", url(vendor, direct.port()))).containsExactly("row | 1");
                assertThat(console.ask("run", "CREATE TABLE " + table + " (id INT, card_number VARCHAR(20))"))
                        .containsExactly("count 0");
                assertThat(console.ask("run", "INSERT INTO " + table + " VALUES (1, '" + CARD + "')"))
                        .containsExactly("count 1");
                assertThat(console.ask("run", "SELECT id, card_number FROM " + table))
                        .containsExactly("row | 1 | ************1111");
                assertThat(console.ask("run", "DROP TABLE " + table))
                        .singleElement()
                        .asString()
                        .startsWith("failed java.sql.SQLException 42501 ")
                        .contains("Schema changes go through the pipeline.");
            }
            assertThat(direct.connections()).isZero();
            assertThat(wire.connections()).isPositive();
            for (String secret : List.of(PASSWORD, CARD, table, "card_number", "INSERT")) {
                assertThat(wire.hasCarried(secret)).as(secret).isFalse();
            }
            plane.awaitEvent(
                    "TLS facts that name the relay",
                    e -> e.path("tls").asText().matches("TLSv1\\.3 \\S+ via relay localhost:" + wire.port()));
        }
    }

    @Test
    void aRelayThatTheControlPlaneDoesNotVouchForGetsNothing() throws Exception {
        IssuedCertificate impostor = TestAuthority.selfSigned("localhost");
        try (SSLServerSocket listener = (SSLServerSocket) impostor.serverContext()
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RecordingProxy direct = RecordingProxy.to(postgres.getPort());
                RecordingProxy wire = RecordingProxy.to(listener.getLocalPort())) {
            Thread handshakes = new Thread(() -> handshakes(listener));
            handshakes.setDaemon(true);
            handshakes.start();
            govern("postgresql", direct.port(), wire.port());
            try (Console console = console("postgresql", direct.port(), "spool-impostor")) {
                assertThat(console.ask("connect", url("postgresql", direct.port())))
                        .singleElement()
                        .asString()
                        .startsWith("failed ");
                assertThat(console.jvm().output()).doesNotContain(PASSWORD);
            }
            assertThat(wire.connections()).isPositive();
            assertThat(direct.connections()).isZero();
            assertThat(wire.hasSeen("app")).isFalse();
        }
    }

    private static void handshakes(SSLServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                listener.accept().getInputStream().read();
            } catch (IOException refused) {
                // Which is what the test is about.
            }
        }
    }
}
