package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.MariaDb;
import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No public method of a driver, of JDBC or its own, shows what a mask hides: swept by reflection over everything that it hands out. */
class CanarySweepTest {

    private static final String CANARY = "canary-7731";

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            mask:
              - name: secrets
                columns: [people.secret, people.raw]
                with: redact
            """;

    private static final String QUERY = "SELECT id, secret, raw FROM people";
    private static final List<String> LABELS = List.of("id", "secret", "raw");

    @TempDir
    static Path directory;

    @AutoClose
    private static TlsPostgres postgres;

    @AutoClose
    private static MariaDb mariadb;

    private UnderPolicy policy;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = TlsPostgres.start(directory.resolve("postgres"));
        postgres.execute(
                "CREATE TABLE people (id INT PRIMARY KEY, secret TEXT, raw BYTEA)",
                "INSERT INTO people VALUES (1, '" + CANARY + "', '" + CANARY + "'), (2, '" + CANARY + "', '" + CANARY
                        + "')",
                "CREATE FUNCTION secret_of(OUT s TEXT) LANGUAGE sql AS 'SELECT secret FROM people WHERE id = 1'");
        mariadb = MariaDb.startWithTls(directory.resolve("mariadb"));
        mariadb.execute(
                "CREATE TABLE app.people (id INT PRIMARY KEY AUTO_INCREMENT, secret VARCHAR(40), raw VARBINARY(40))",
                "INSERT INTO app.people VALUES (1, '" + CANARY + "', '" + CANARY + "'), (2, '" + CANARY + "', '"
                        + CANARY + "')",
                "CREATE PROCEDURE app.secret_of(OUT s VARCHAR(40)) SELECT secret INTO s FROM app.people WHERE id = 1");
    }

    @BeforeEach
    void load() throws Exception {
        policy = new UnderPolicy(POLICY);
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    private static Connection postgresql(String... settings) throws SQLException {
        String[] all = java.util.Arrays.copyOf(settings, settings.length + 6);
        all[settings.length + 4] = "socketTimeout";
        all[settings.length + 5] = "3";
        all[settings.length] = "user";
        all[settings.length + 1] = postgres.user();
        all[settings.length + 2] = "password";
        all[settings.length + 3] = postgres.password();
        return WovenProcess.connect(postgres.url(), all);
    }

    /** The sweep itself: where nothing is masked it finds the value on many ways. */
    @Test
    void withoutAMaskTheSweepFindsWhatItLooksFor() throws Exception {
        policy.close();
        try (Connection c = postgresql();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(QUERY)) {
            rows.next();
            assertThat(new CanarySweep(CANARY, LABELS).of(rows))
                    .hasSizeGreaterThan(20)
                    .contains("PgResultSet.getString(secret)", "PgResultSet.getBytes(3)", "PgResultSet.getInt(2)!");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"extended", "simple", "extendedForPrepared"})
    void postgresql(String mode) throws SQLException {
        try (Connection c = postgresql("preferQueryMode", mode, "prepareThreshold", "1")) {
            // The simple protocol has no OUT parameters.
            sweep(c, mode.equals("simple") ? null : "{? = call secret_of()}");
        }
    }

    @Test
    void postgresqlByBinaryTransferAndServerSideCursor() throws SQLException {
        try (Connection c = postgresql("prepareThreshold", "-1", "defaultRowFetchSize", "1")) {
            c.setAutoCommit(false);
            CanarySweep sweep = new CanarySweep(CANARY, LABELS);
            try (PreparedStatement p = c.prepareStatement(QUERY);
                    ResultSet rows = p.executeQuery()) {
                rows.next();
                rows.next();
                none(sweep.of(rows));
            }
            assertThat(sweep.calls()).isGreaterThan(200);
            c.rollback();
        }
    }

    @Test
    void h2() throws SQLException {
        try (Connection c = WovenProcess.connect("jdbc:h2:mem:canary")) {
            try (Statement s = c.createStatement()) {
                s.execute("CREATE TABLE people (id INT PRIMARY KEY, secret VARCHAR(40), raw VARBINARY(40))");
                s.execute("INSERT INTO people VALUES (1, '" + CANARY + "', STRINGTOUTF8('" + CANARY + "'))");
                s.execute("INSERT INTO people VALUES (2, '" + CANARY + "', STRINGTOUTF8('" + CANARY + "'))");
            }
            sweep(c, null);
        }
    }

    @Test
    void sqlite() throws SQLException {
        try (Connection c = WovenProcess.connect("jdbc:sqlite::memory:")) {
            try (Statement s = c.createStatement()) {
                s.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, secret TEXT, raw BLOB)");
                s.execute("INSERT INTO people VALUES (1, '" + CANARY + "', x'63616e6172792d37373331')");
                s.execute("INSERT INTO people VALUES (2, '" + CANARY + "', x'63616e6172792d37373331')");
            }
            sweep(c, null);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MysqlDriver.class,
            names = {"MYSQL_26", "MARIADB_4"})
    void mysqlAndMariadb(MysqlDriver driver) throws SQLException {
        try (Connection c = driver.connect(mariadb, "socketTimeout", "3000")) {
            sweep(c, "{call secret_of(?)}");
        }
    }

    /** Everything that a connection leads to, with a masked row at hand in each kind of statement and result. */
    private static void sweep(Connection c, String call) throws SQLException {
        CanarySweep sweep = new CanarySweep(CANARY, LABELS);
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(QUERY)) {
            rows.next();
            none(sweep.of(rows.getMetaData()));
            none(sweep.of(rows));
            none(sweep.of(s));
        }
        try (PreparedStatement p = c.prepareStatement("SELECT id, secret, raw FROM people WHERE id >= ?")) {
            p.setInt(1, 1);
            // The second time pgjdbc reads by binary transfer where it is told to.
            p.executeQuery().close();
            try (ResultSet rows = p.executeQuery()) {
                rows.next();
                none(sweep.of(rows));
            }
            none(sweep.of(p));
        }
        try (Statement s = c.createStatement();
                ResultSet cast =
                        s.executeQuery("SELECT id, CAST(secret AS CHAR(40)) AS secret, raw AS raw FROM people")) {
            cast.next();
            none(sweep.of(cast));
        }
        if (c.getMetaData()
                .supportsResultSetConcurrency(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            updatable(c, sweep);
        }
        try (Statement s = c.createStatement()) {
            s.executeUpdate("UPDATE people SET id = 3 WHERE id = 2", new String[] {"id", "secret", "raw"});
            ResultSet keys = s.getGeneratedKeys();
            if (keys != null && keys.next()) {
                none(sweep.of(keys));
            }
            none(sweep.of(s));
            s.executeUpdate("UPDATE people SET id = 2 WHERE id = 3");
        } catch (java.sql.SQLFeatureNotSupportedException noKeys) {
            // Then there is nothing to sweep.
        }
        if (call != null) {
            try (CallableStatement out = c.prepareCall(call)) {
                out.registerOutParameter(1, Types.VARCHAR);
                out.execute();
                none(sweep.of(out));
            }
        }
        none(sweep.of(c.getMetaData()));

        none(sweep.of(c));
        assertThat(sweep.calls()).isGreaterThan(2_000);
    }

    private static void updatable(Connection c, CanarySweep sweep) throws SQLException {
        try (Statement s = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = s.executeQuery(QUERY)) {
            rows.absolute(2);
            rows.refreshRow();
            none(sweep.of(rows));
            rows.updateInt("id", 7);
            none(sweep.of(rows.unwrap(ResultSet.class)));
            rows.cancelRowUpdates();
            rows.moveToInsertRow();
            none(sweep.of(rows.unwrap(ResultSet.class)));
        }
    }

    private static void none(Set<String> leaks) {
        assertThat(leaks).isEmpty();
    }
}
