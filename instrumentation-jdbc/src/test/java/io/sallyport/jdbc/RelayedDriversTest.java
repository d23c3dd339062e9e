package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.sallyport.jdbc.TlsSpelling.Server;
import io.sallyport.testing.BehindRelay;
import io.sallyport.testing.MariaDb;
import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Drivers behind a relay whose server has no TLS: what they do there that other tests do not see. */
@EnabledIfSystemProperty(
        named = "sallyport.relayed",
        matches = "true",
        disabledReason = "runs in integration-tests/relayed")
class RelayedDriversTest {

    @TempDir
    static Path directory;

    private static TlsPostgres postgres;
    private static MariaDb mariadb;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = TlsPostgres.start(directory.resolve("postgres"));
        postgres.execute(
                "CREATE DATABASE app",
                "CREATE ROLE \"" + TlsSpelling.USER + "\" LOGIN PASSWORD '" + TlsSpelling.PASSWORD + "'");
        mariadb = MariaDb.startWithTls(directory.resolve("mariadb"));
        mariadb.execute(
                "CREATE OR REPLACE USER '" + TlsSpelling.USER + "'@'%' IDENTIFIED BY '" + TlsSpelling.PASSWORD + "'",
                "GRANT ALL PRIVILEGES ON app.* TO '" + TlsSpelling.USER + "'@'%'");
        Path services = Files.writeString(
                directory.resolve("pg_service.conf"),
                "[canary]\nhost=localhost\nport=" + postgres.port() + "\ndbname=app\nsslmode=verify-full\n\n[plain]\n"
                        + "host=localhost\nport=" + postgres.port() + "\ndbname=app\nsslmode=disable\n");
        System.setProperty("org.postgresql.pgservicefile", services.toString());
    }

    @AfterAll
    static void stop() throws IOException {
        System.clearProperty("org.postgresql.pgservicefile");
        postgres.close();
        mariadb.close();
    }

    @AfterEach
    void reset() {
        WovenProcess.GATE.reset();
    }

    static Stream<TlsSpelling> spellings() {
        return Stream.concat(
                TlsSpelling.all().stream().filter(TlsSpelling::takesRoots).filter(RelayedDriversTest::hasServer),
                demanding().stream());
    }

    private static boolean hasServer(TlsSpelling spelling) {
        return spelling.protocol() == ManInTheMiddle.Protocol.POSTGRESQL
                || spelling.protocol() == ManInTheMiddle.Protocol.MYSQL;
    }

    /** Wishes that a server without TLS cannot grant. */
    private static List<TlsSpelling> demanding() {
        List<TlsSpelling> all = new ArrayList<>();
        for (String wish : List.of(
                "?sslmode=verify-full",
                "?ssl=true",
                "?ssl",
                "?sslmode=verify-ca&sslrootcert=/nowhere.pem",
                "?sslmode=require&sslNegotiation=direct",
                "?gssEncMode=require")) {
            add(all, wish, "postgresql", Server.POSTGRESQL, Server.POSTGRESQL_42_2);
        }
        for (String wish : List.of(
                "?sslMode=REQUIRED",
                "?sslMode=VERIFY_IDENTITY",
                "?useSSL=true&requireSSL=true&verifyServerCertificate=true",
                "?USESSL=true&requireSSL=true")) {
            add(all, wish, "mysql", Server.MYSQL, Server.MYSQL_8);
        }
        for (String wish : List.of(
                "",
                "?sslMode=trust",
                "?sslMode=verify-full",
                "?SSLMODE=verify-ca",
                "?useSsl=true",
                "?useSSL=true&useSsl=true&trustServerCertificate=true")) {
            add(all, wish, "mariadb", Server.MARIADB, Server.MARIADB_3, Server.MARIADB_2);
        }
        for (String wish : List.of("?sslMode=verify-full", "?useSsl=true")) {
            all.add(new TlsSpelling(
                    Server.MARIADB,
                    List.of("org.mariadb.jdbc.MariaDbDataSource", "url=jdbc:mariadb://localhost:PORT/app" + wish),
                    "never"));
        }
        return all;
    }

    private static void add(List<TlsSpelling> all, String wish, String vendor, Server... drivers) {
        for (Server driver : drivers) {
            all.add(new TlsSpelling(driver, List.of("jdbc:" + vendor + "://localhost:PORT/app" + wish), "never"));
        }
    }

    /** Whatever an application tells its driver about TLS. */
    @ParameterizedTest
    @MethodSource("spellings")
    void theRelaysTlsGrantsEveryWish(TlsSpelling spelling) throws Exception {
        int port = spelling.protocol() == ManInTheMiddle.Protocol.POSTGRESQL ? postgres.port() : mariadb.port();
        try (Connection c = spelling.connect(port);
                Statement s = c.createStatement();
                ResultSet row = s.executeQuery("SELECT 42")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isEqualTo(42);
        }
        assertThat(WovenProcess.GATE.sockets).isNotEmpty().allSatisfy(facts -> {
            assertThat(facts.encrypted()).isTrue();
            assertThat(facts.relay()).startsWith("localhost:");
        });
    }

    /** Of H2 it is known by the URL alone that its client speaks no TLS; behind a relay that is not the whole truth. */
    @Test
    void aDriverThatHasNoTlsOfItsOwnHasTheRelays(@TempDir Path data) throws Exception {
        org.h2.tools.Server h2 = org.h2.tools.Server.createTcpServer(
                        "-tcpPort", "0", "-ifNotExists", "-baseDir", data.toString())
                .start();
        try (UnderPolicy policy = new UnderPolicy("version: 1\nmode: enforce\ntls: [{level: require}]\n");
                BehindRelay place = BehindRelay.to(h2.getPort());
                Connection c =
                        WovenProcess.connect("jdbc:h2:tcp://localhost:" + place.port() + "/app", "user", "canary")) {
            assertThat(UnderPolicy.row(c, "SELECT 42")).containsExactly("42");
            assertThat(policy.events)
                    .filteredOn(event -> event.tls() != null)
                    .isNotEmpty()
                    .allSatisfy(event -> {
                        assertThat(event.verdict()).isEqualTo("allow");
                        assertThat(event.tls()).contains("via relay localhost:");
                    });
        } finally {
            h2.stop();
        }
    }

    /** Each driver opens a connection of its own for it. */
    @ParameterizedTest
    @EnumSource(
            value = Server.class,
            names = {"POSTGRESQL", "MYSQL", "MARIADB"})
    void aRunningStatementIsCancelledThroughTheRelayToo(Server server) throws Exception {
        boolean isPostgres = server == Server.POSTGRESQL;
        String vendor = server.name().toLowerCase(Locale.ROOT);
        TlsSpelling how = new TlsSpelling(server, List.of("jdbc:" + vendor + "://localhost:PORT/app"), "never");
        try (Connection c = how.connect(isPostgres ? postgres.port() : mariadb.port());
                Statement s = c.createStatement()) {
            CompletableFuture<Throwable> running = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> s.execute(isPostgres ? "SELECT pg_sleep(300)" : "SELECT SLEEP(300)")));
            await().until(() -> "1".equals(isPostgres ? postgres.query(ASLEEP) : mariadb.query(SLEEPING)));
            s.cancel();

            assertThat(running.get(30, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
        }
    }

    private static final String ASLEEP =
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(300)'";
    private static final String SLEEPING =
            "SELECT COUNT(*) FROM information_schema.processlist WHERE info = 'SELECT SLEEP(300)'";
}
