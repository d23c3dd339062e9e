package io.sallyport.controlplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.testing.RecordingProxy;
import io.sallyport.testing.TestAuthority;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL that speaks no TLS, reached through the relay. */
class RelayedPostgresqlTest {

    private static final String CANARY = "4929-canary-8817";

    @TempDir
    Path directory;

    @Test
    void neitherValuesNorStatementsCrossInPlainTextAndADrainLetsATransactionEnd() throws Exception {
        TestAuthority authority = TestAuthority.create("control plane");
        Path certificate = directory.resolve("relay.pem");
        Path key = directory.resolve("relay-key.pem");
        authority.server("relay").writeTo(certificate, key);
        Path ca = authority.writeTo(directory.resolve("ca.pem"));
        LayeredSocketFactory.context = authority.clientContext(authority.client("orders"));

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Relay relay = new Relay(
                        new RelaySettings(
                                new HostPort("127.0.0.1", 0), new HostPort("localhost", postgres.getPort()), 10),
                        new RelayCertificates(certificate, key, ca));
                RecordingProxy wire = RecordingProxy.to(relay.port())) {

            assertThat(roundTrip(wire.port())).isEqualTo(CANARY);

            assertThat(wire.bytesSent()).isPositive();
            assertThat(wire.hasCarried(CANARY)).isFalse();
            assertThat(wire.hasCarried("cards")).isFalse();

            assertThat(commitWhileDraining(relay, wire.port())).isEqualTo("2");
        }
    }

    /** @return the number of rows that are there when the transaction has ended, and before the relay has */
    private static String commitWhileDraining(Relay relay, int port) throws Exception {
        try (Connection open = connect(port);
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO cards VALUES ('" + CANARY + "')");
            CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> relay.drain(Duration.ofSeconds(60)));
            await().until(() -> !accepts(relay.port()));

            statement.execute("SAVEPOINT here");
            open.commit();
            assertThat(drained).isNotDone();
            String rows;
            try (ResultSet counted = statement.executeQuery("SELECT count(*) FROM cards")) {
                counted.next();
                rows = counted.getString(1);
            }
            open.close();
            drained.get(30, TimeUnit.SECONDS);
            return rows;
        }
    }

    private static boolean accepts(int port) {
        try (Socket probe = new Socket("127.0.0.1", port)) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static Connection connect(int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("socketFactory", LayeredSocketFactory.class.getName());
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/postgres", properties);
    }

    private static String roundTrip(int port) throws Exception {
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE cards (number text)");
            statement.execute("INSERT INTO cards VALUES ('" + CANARY + "')");
            try (ResultSet rows = statement.executeQuery("SELECT number FROM cards")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
