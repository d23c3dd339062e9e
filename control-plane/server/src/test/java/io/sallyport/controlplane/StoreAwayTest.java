package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.hold.Ticket;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** The store goes away under a running control plane. */
class StoreAwayTest {

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
    }

    private static EmbeddedPostgres postgres(Path directory, int port) throws Exception {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    @Test
    void whileItsDatabaseIsStoppedItSaysSoAndGoesOnByItselfWhenThatIsBack() throws Exception {
        Path tables = Files.createTempDirectory("stopped-postgresql");
        EmbeddedPostgres database = postgres(tables, 0);
        int port = database.getPort();
        try (Running server =
                Running.on(Files.createTempDirectory("control-plane"), database.getJdbcUrl("postgres", "postgres"))) {
            server.anyone().get("/healthz").expect(200);
            TestAgent agent = server.connectedAgent("orders");
            Ticket ticket = agent.submit(TestAgent.ticket());

            database.close();
            patiently()
                    .untilAsserted(() -> assertThat(server.anyone()
                                    .get("/healthz")
                                    .expect(503)
                                    .path("error")
                                    .asText())
                            .contains("the store does not answer"));
            // Nobody is let in meanwhile, and told why.
            patiently()
                    .untilAsserted(() -> assertThat(server.admin()
                                    .get("/api/v1/me")
                                    .expect(503)
                                    .path("error")
                                    .asText())
                            .contains("store does not answer"));

            database = postgres(tables, port);
            patiently().untilAsserted(() -> server.anyone().get("/healthz").expect(200));
            server.admin()
                    .post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of())
                    .expect(200);
        } finally {
            database.close();
        }
    }

    @Test
    void anEmbeddedStoreThatIsShutDownUnderneathIsOpenedAnew() throws Exception {
        try (Running server = Running.on(Store.EMBEDDED)) {
            server.anyone().get("/healthz").expect(200);
            String url = "jdbc:h2:file:" + server.data().resolve("store")
                    + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;LOCK_TIMEOUT=10000";
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("shutdown immediately");
            }
            patiently().untilAsserted(() -> server.admin().get("/api/v1/me").expect(200));
            patiently().untilAsserted(() -> server.anyone().get("/healthz").expect(200));
        }
    }
}
