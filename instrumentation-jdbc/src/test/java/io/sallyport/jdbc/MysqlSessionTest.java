package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.testing.MariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the drivers for MySQL and MariaDB keep of a session, or ask for after a statement, under masks that could mean any table. */
@ParameterizedClass
@EnumSource(MysqlDriver.class)
class MysqlSessionTest {

    private static final String SECRET = "canary@acme.com";

    private static final String POLICY = """
            version: 1
            default: {jdbc: allow, opaque: allow}
            connect: {allow: ["mysql:allowMultiQueries", "mariadb:allowMultiQueries"]}
            mask:
              - {name: contact, columns: ["*.email", people.ssn]}
            """;

    @TempDir
    static Path directory;

    @AutoClose
    private static MariaDb server;

    private final MysqlDriver driver;
    private UnderPolicy policy;

    MysqlSessionTest(MysqlDriver driver) {
        this.driver = driver;
    }

    @BeforeAll
    static void start() throws Exception {
        server = MariaDb.startWithTls(directory);
        server.execute(
                "CREATE TABLE app.people (id INT PRIMARY KEY, email VARCHAR(99), ssn INT)",
                "INSERT INTO app.people VALUES (1, '" + SECRET + "', 780511205)",
                "CREATE TABLE app.plain (id INT PRIMARY KEY AUTO_INCREMENT, note VARCHAR(99))",
                "CREATE FUNCTION app.raises(what VARCHAR(99)) RETURNS INT BEGIN"
                        + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = what; RETURN 1; END");
    }

    @BeforeEach
    void govern() throws Exception {
        policy = new UnderPolicy(POLICY);
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    private static List<Integer> keys(Statement s) throws SQLException {
        List<Integer> keys = new ArrayList<>();
        try (ResultSet rows = s.getGeneratedKeys()) {
            while (rows.next()) {
                keys.add(rows.getInt(1));
                assertThat(rows.getString(1)).isEqualTo(String.valueOf(rows.getInt(1)));
            }
        }
        return keys;
    }

    @Test
    void generatedNumbersAreClear() throws SQLException {
        try (Connection c = driver.connect(server);
                Statement s = c.createStatement();
                PreparedStatement p =
                        c.prepareStatement("INSERT INTO plain (note) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            s.executeUpdate("INSERT INTO plain (note) VALUES ('a')", Statement.RETURN_GENERATED_KEYS);
            int first = keys(s).get(0);
            assertThat(first).isPositive();
            p.setString(1, "b");
            p.executeUpdate();
            assertThat(keys(p)).containsExactly(first + 1);
            for (int i = 0; i < 2; i++) {
                p.setString(1, "c");
                p.addBatch();
            }
            p.executeBatch();
            assertThat(keys(p)).containsExactly(first + 2, first + 3);
        }
    }

    @Test
    void aNumberThatIsCopiedIntoTheKeyIsMasked() throws SQLException {
        try (Connection c = driver.connect(server);
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.executeUpdate("INSERT INTO plain (id) SELECT ssn FROM people", Statement.RETURN_GENERATED_KEYS);
            try (ResultSet rows = s.getGeneratedKeys()) {
                while (rows.next()) {
                    assertThat(rows.getString(1)).isNotEqualTo("780511205");
                }
            }
            c.rollback();
        }
    }

    @Test
    void warningsAreTold() throws Exception {
        policy.close();
        try (UnderPolicy none = new UnderPolicy("version: 1\n");
                Connection c = driver.connect(server);
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement("SELECT 1 / 0")) {
            s.executeUpdate("DROP TABLE IF EXISTS nobodys");
            assertThat(s.getWarnings().getMessage()).contains("nobodys");
            p.executeQuery().close();
            assertThat(p.getWarnings().getMessage()).isNotEmpty();
            assertThat(none.events).isNotEmpty();
        }
    }

    /** In the first a backslash is the second half of a letter, so that the string ends before it looks so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET NAMES gbk",
                "SET names 'big5'",
                "/*!40101 SET NAMES gbk */",
                "SET @x = 1, NAMES gb18030",
                "SET CHARACTER SET sjis",
                "SET character_set_client = 28",
                "SET @@session.character_set_client := gbk",
                "SET @saved_cs_client = 'gbk'",
                "SELECT 'gbk' INTO @`old_character_set_client`"
            })
    void anotherCharacterSetThanTheDriversIsRefused(String sql) throws SQLException {
        try (Connection c = driver.connect(server);
                Statement s = c.createStatement()) {
            assertThatThrownBy(() -> s.execute(sql)).hasMessageContaining("charset");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci",
                "SET @saved_cs_client = @@character_set_client",
                "/*!40101 SET character_set_client = @saved_cs_client */",
                "CREATE TEMPORARY TABLE t1 (names VARCHAR(9) CHARACTER SET gbk, charset VARCHAR(9))",
                "SELECT 'SET NAMES gbk', note AS names FROM plain",
                "SELECT 1 FROM information_schema.triggers WHERE character_set_client = 'gbk'"
            })
    void whatLeavesItOrSpeaksOfOthersIsNot(String sql) throws SQLException {
        try (Connection c = driver.connect(server);
                Statement s = c.createStatement()) {
            s.execute("SET @saved_cs_client = @@character_set_client");
            s.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET timestamp = (SELECT ssn FROM people)",
                "SET @@timestamp = 0 + (SELECT ssn FROM people)",
                "SET @x = (SELECT ssn FROM people), insert_id = @x"
            })
    void aSettingThatFunctionsShowTakesNoMaskedValue(String sql) throws SQLException {
        try (Connection c = driver.connect(server);
                Statement s = c.createStatement()) {
            assertThatThrownBy(() -> s.execute(sql)).hasMessageContaining("contact");
        }
    }

    @Test
    void aModeThatABatchSetsCountsForWhatIsBehindIt() throws SQLException {
        try (Connection c = driver.connect(server);
                Statement s = c.createStatement()) {
            s.execute("CREATE TEMPORARY TABLE copies (v VARCHAR(99))");
            s.addBatch("SET sql_mode = 'ANSI_QUOTES'");
            s.addBatch("INSERT INTO copies SELECT \"email\" FROM people");
            s.executeBatch();
            try (ResultSet rows = s.executeQuery("SELECT v FROM copies")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void listenersOfAPooledConnectionAreToldNoMaskedValue() throws Exception {
        Object source = driver.loader()
                .loadClass(
                        driver.isMysql()
                                ? "com.mysql.cj.jdbc.MysqlConnectionPoolDataSource"
                                : "org.mariadb.jdbc.MariaDbDataSource")
                .getConstructor()
                .newInstance();
        source.getClass()
                .getMethod("setUrl", String.class)
                .invoke(
                        source,
                        driver.url(
                                server.port(),
                                "/" + server.database()
                                        + (driver.isMysql()
                                                ? ""
                                                : "?sslMode=trust&useSsl=true&trustServerCertificate=true")));
        PooledConnection pooled =
                ((ConnectionPoolDataSource) source).getPooledConnection(server.user(), server.password());
        List<SQLException> told = new ArrayList<>();
        pooled.addConnectionEventListener(new ConnectionEventListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {}

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
                told.add(event.getSQLException());
            }
        });
        pooled.addStatementEventListener(new StatementEventListener() {
            @Override
            public void statementClosed(StatementEvent event) {}

            @Override
            public void statementErrorOccurred(StatementEvent event) {
                told.add(event.getSQLException());
            }
        });
        try (Connection c = pooled.getConnection();
                PreparedStatement p = c.prepareStatement("SELECT raises(email) FROM people")) {
            assertThatThrownBy(p::executeQuery).isInstanceOf(SQLException.class);
        } finally {
            pooled.close();
        }
        assertThat(told.stream().map(e -> e + " " + e.getCause())).noneMatch(text -> text.contains(SECRET));
    }

    /** Whether the driver meets it when it goes on to the next result, or when it closes the first. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anErrorBehindTheFirstResultQuotesNothing(boolean goesOn) throws SQLException {
        assumeTrue(driver != MysqlDriver.MARIADB_2, "reads all results at once");
        Connection c = driver.connect(server, "allowMultiQueries", "true");
        Statement s = c.createStatement();
        s.setFetchSize(driver.isMysql() ? Integer.MIN_VALUE : 1);
        s.execute("SELECT id FROM people; SELECT raises(email) FROM people");
        ResultSet rows = s.getResultSet();
        List<Throwable> thrown = new ArrayList<>();
        thrown.add(catchThrowable(() -> {
            while (goesOn && rows.next()) {
                assertThat(rows.getInt(1)).isNotEqualTo(-1);
            }
            if (goesOn && s.getMoreResults()) {
                s.getResultSet().next();
            }
        }));
        thrown.add(catchThrowable(rows::close));
        thrown.add(catchThrowable(s::close));
        // Connector/J does not get over such an error by itself.
        thrown.add(catchThrowable(c::close));
        assertThat(thrown.stream().anyMatch(SQLException.class::isInstance)).isEqualTo(goesOn || driver.isMysql());
        assertThat(thrown.stream().map(t -> t + " " + (t == null ? null : t.getCause())))
                .noneMatch(text -> text.contains(SECRET));
    }
}
