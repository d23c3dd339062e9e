package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Notice;
import io.sallyport.controlplane.store.StoreHealth;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.ServerMessage;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections to PostgreSQL on which nothing comes any more, and nothing says so. */
class SilentStoreTest {

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(100));
    }

    private static int sleep(Handle handle, int seconds) {
        return handle.createQuery("select 1 from pg_sleep(:seconds)")
                .bind("seconds", seconds)
                .mapTo(Integer.class)
                .one();
    }

    @Test
    void aReplicaWhoseConnectionsAllDiedUnseenHearsAgainWhatOthersDecide() throws Exception {
        String database = Store.POSTGRESQL.newDatabase();
        Path data = Store.POSTGRESQL.newDirectory();
        int port = URI.create(database.substring("jdbc:".length())).getPort();
        try (SwallowingProxy proxy = new SwallowingProxy(port);
                Running one = Running.on(data, database);
                Running other = Running.on(data, database.replace(":" + port + "/", ":" + proxy.port() + "/"))) {
            TestAgent agent = other.connectedAgent("orders");
            Ticket ticket = agent.submit(TestAgent.ticket());

            proxy.swallow();
            one.admin()
                    .post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of())
                    .expect(200);

            assertThat(agent.next(ServerMessage.ApprovalDecision.class).ticket())
                    .isEqualTo(ticket.id());
            patiently().untilAsserted(() -> other.anyone().get("/healthz").expect(200));
        }
    }

    @Test
    void whoeverDoesNotHearOtherReplicasIsNotWellThoughTheStoreAnswers(@TempDir Path directory) throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        try (Database database = Database.open(directory, Store.POSTGRESQL.newDatabase());
                StoreHealth health = new StoreHealth(database)) {
            database.notices().listen(notice -> {
                try {
                    stuck.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            database.notices().start();
            patiently().until(health::answers);
            database.run(tx -> tx.announce(new Notice(Notice.Kind.APPROVAL, "t-1")));
            patiently().until(() -> !health.answers());
            assertThat(database.<Integer>read(handle -> sleep(handle, 0))).isEqualTo(1);
            stuck.countDown();
            patiently().until(health::answers);
        } finally {
            stuck.countDown();
        }
    }

    @Test
    void theOperatorsLimitHoldsForWhatPeopleWaitForAndNotForSweeps(@TempDir Path directory) throws Exception {
        try (Database database = Database.open(directory, Store.POSTGRESQL.newDatabase() + "&socketTimeout=1")) {
            assertThat(database.<Integer>sweep(tx -> sleep(tx.handle(), 3))).isEqualTo(1);
            // Perhaps on the same connection, which has its usual limit again.
            assertThatThrownBy(() -> database.read(handle -> sleep(handle, 30))).hasStackTraceContaining("timed out");
            assertThat(database.<Integer>read(handle -> sleep(handle, 0))).isEqualTo(1);
        }
    }

    @Test
    void whoAsksAllTheTimeGivesASilentConnectionUpLongBeforeOthers(@TempDir Path directory) throws Exception {
        try (Database database = Database.open(directory, Store.POSTGRESQL.newDatabase())) {
            assertThatThrownBy(() -> database.glance(handle -> sleep(handle, 30)))
                    .hasStackTraceContaining("timed out");
            assertThat(database.<Integer>read(handle -> sleep(handle, 7))).isEqualTo(1);
        }
    }

    @Test
    void migrationsTakeTheTimeThatTheyNeed(@TempDir Path directory) throws Exception {
        String url = Store.POSTGRESQL.newDatabase();
        CompletableFuture<Database> opened;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table flyway_schema_history in access exclusive mode");
            opened = CompletableFuture.supplyAsync(() -> Database.open(directory, url + "&socketTimeout=1"));
            // Three times the limit, whatever the machine does meanwhile.
            assertThat(opened.isDone()).isFalse();
            TimeUnit.SECONDS.sleep(3);
            connection.rollback();
        }
        opened.get(60, TimeUnit.SECONDS).close();
    }
}
