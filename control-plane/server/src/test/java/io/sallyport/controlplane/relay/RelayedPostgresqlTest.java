package io.sallyport.controlplane.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.RecordingProxy;
import io.sallyport.testing.TestAuthority;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL that speaks no TLS, reached through the relay. */
class RelayedPostgresqlTest {

    private static final String CANARY = "4929-canary-8817";

    @TempDir
    Path directory;

    @Test
    void neitherValuesNorStatementsCrossTheWireInPlainText() throws Exception {
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
        }
    }

    private static String roundTrip(int port) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("socketFactory", LayeredSocketFactory.class.getName());
        try (Connection connection =
                        DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/postgres", properties);
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
