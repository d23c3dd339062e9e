package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.testing.MariaDb;
import io.sallyport.testing.TlsPostgres;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people approved runs or nothing: whatever another thread of the application makes of the statement, its parameters and its session while they think. */
class HeldAsApprovedTest {

    private static final String POLICY = """
            version: 1
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            guard:
              - name: writes
                when: {kind: [delete, update], tables: {write: [orders]}}
                then: approve
                approval: {anyOf: [dba], wait: 60s}
            """;

    /** What another thread does meanwhile. */
    private interface Deed {
        void run() throws SQLException;
    }

    @TempDir
    static Path directory;

    @AutoClose
    private static TlsPostgres postgres;

    @AutoClose
    private static MariaDb mariadb;

    private final List<Ticket> tickets = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Consumer<Outcome>> asked = new LinkedBlockingQueue<>();
    private UnderPolicy policy;

    @BeforeAll
    static void start() throws Exception {
        postgres = TlsPostgres.start(directory.resolve("postgres"));
        mariadb = MariaDb.startWithTls(directory.resolve("mariadb"));
        for (String schema : List.of("mine", "other")) {
            postgres.execute(
                    "CREATE SCHEMA " + schema,
                    "CREATE TABLE " + schema + ".orders (id int, note text)",
                    "INSERT INTO " + schema + ".orders VALUES (1, 'old')");
            mariadb.execute(
                    "CREATE DATABASE " + schema,
                    "CREATE TABLE " + schema + ".orders (id int, note text)",
                    "INSERT INTO " + schema + ".orders VALUES (1, 'old')",
                    "GRANT ALL ON " + schema + ".* TO app");
        }
    }

    @BeforeEach
    void govern() throws Exception {
        ApprovalDesk desk = new ApprovalDesk() {
            @Override
            public void submit(Ticket ticket, Consumer<Outcome> listener) {
                tickets.add(ticket);
                asked.add(listener);
            }

            @Override
            public void update(Ticket ticket) {}

            @Override
            public void withdraw(String ticketId, String why) {}
        };
        policy = new UnderPolicy(POLICY, new HoldRoom(desk, Clock.systemUTC()));
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    private static Connection postgres() throws SQLException {
        return WovenProcess.connect(postgres.url(), "user", postgres.user(), "password", postgres.password());
    }

    private static void run(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    private CompletableFuture<Void> start(Deed call) {
        return CompletableFuture.runAsync(() -> {
            try {
                call.run();
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        });
    }

    private void approve() throws InterruptedException {
        asked.poll(20, TimeUnit.SECONDS).accept(new Outcome.Approved(List.of("ann"), "fine", false));
    }

    private void isNotWhatWasApproved(Deed call, Deed meanwhile) throws Exception {
        CompletableFuture<Void> held = start(call);
        Consumer<Outcome> ticket = asked.poll(20, TimeUnit.SECONDS);
        assertThat(ticket).as(String.valueOf(held)).isNotNull();
        meanwhile.run();
        ticket.accept(new Outcome.Approved(List.of("ann"), "fine", false));
        assertThatThrownBy(() -> held.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("the approval does not cover the call any more");
    }

    @Test
    void aStreamThatIsBoundInThePlaceOfAnotherIsNotSent() throws Exception {
        try (Connection c = postgres();
                PreparedStatement s = c.prepareStatement("UPDATE mine.orders SET note = ?")) {
            s.setCharacterStream(1, new StringReader("good"), 4);
            isNotWhatWasApproved(s::execute, () -> s.setCharacterStream(1, new StringReader("evil"), 4));
            CompletableFuture<Void> held = start(s::execute);
            approve();
            held.get(20, TimeUnit.SECONDS);
        }
        assertThat(postgres.query("SELECT note FROM mine.orders")).isEqualTo("evil");
    }

    @Test
    void aLargeObjectThatIsWrittenToMeanwhileIsNotSent() throws Exception {
        for (MysqlDriver driver : List.of(MysqlDriver.MARIADB_4, MysqlDriver.MYSQL_26)) {
            try (Connection c = driver.connect(mariadb);
                    PreparedStatement s = c.prepareStatement("UPDATE mine.orders SET note = ?")) {
                Clob note = c.createClob();
                note.setString(1, "good");
                s.setClob(1, note);
                isNotWhatWasApproved(s::execute, () -> note.setString(1, "evil"));
            }
        }
        assertThat(mariadb.query("SELECT note FROM mine.orders")).isEqualTo("old");
    }

    @Test
    void aSessionThatLooksElsewhereForNamesMeanwhileRunsNothing() throws Exception {
        for (int way = 0; way < 3; way++) {
            int which = way;
            try (Connection c = postgres()) {
                c.setSchema("mine");
                isNotWhatWasApproved(() -> run(c, "DELETE FROM orders"), () -> {
                    switch (which) {
                        case 0 -> c.setSchema("other");
                        case 1 -> run(c, "SET search_path TO other");
                        default -> run(c, "SELECT set_config('search_path', 'other', false)");
                    }
                });
            }
        }
        for (MysqlDriver driver : List.of(MysqlDriver.MARIADB_4, MysqlDriver.MYSQL_26)) {
            try (Connection c = driver.connect(mariadb)) {
                c.setCatalog("mine");
                isNotWhatWasApproved(() -> run(c, "DELETE FROM orders"), () -> c.setCatalog("other"));
                c.setCatalog("mine");
                isNotWhatWasApproved(() -> run(c, "DELETE FROM orders"), () -> run(c, "USE other"));
            }
        }
        assertThat(postgres.query("SELECT count(*) FROM other.orders")).isEqualTo("1");
        assertThat(mariadb.query("SELECT count(*) FROM other.orders")).isEqualTo("1");
    }

    @Test
    void equalTextsShareNoTicketWhereNamesLeadElsewhere() throws Exception {
        try (Connection mine = postgres();
                Connection other = postgres();
                Connection more = postgres();
                Connection evenMore = postgres()) {
            assertThat(List.of(more, evenMore)).as("so that two may wait").hasSize(2);
            mine.setSchema("mine");
            other.setSchema("other");
            List<CompletableFuture<Void>> held = List.of(
                    start(() -> run(mine, "DELETE FROM orders WHERE id = 9")),
                    start(() -> run(other, "DELETE FROM orders WHERE id = 9")));
            List<Consumer<Outcome>> decides =
                    List.of(asked.poll(20, TimeUnit.SECONDS), asked.poll(20, TimeUnit.SECONDS));
            assertThat(tickets).anySatisfy(t -> assertThat(t.message()).contains("setSchema mine"));
            assertThat(tickets).anySatisfy(t -> assertThat(t.message()).contains("setSchema other"));
            for (Consumer<Outcome> decide : decides) {
                decide.accept(new Outcome.Approved(List.of("ann"), "fine", false));
            }
            for (CompletableFuture<Void> call : held) {
                call.get(20, TimeUnit.SECONDS);
            }
        }
    }
}
