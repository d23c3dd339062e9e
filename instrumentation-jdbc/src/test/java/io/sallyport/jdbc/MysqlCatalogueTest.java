package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.testing.MariaDb;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code information_schema} says is followed, through both drivers. The schema is made before anything is governed. */
class MysqlCatalogueTest {

    private static final String CLEAR = "123-45-6789";

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            mask:
              - name: ssn
                columns: [app.people.ssn]
                with: redact
            """;

    @TempDir
    static Path directory;

    @AutoClose
    private static MariaDb server;

    private UnderPolicy policy;

    @BeforeAll
    static void start() throws Exception {
        server = MariaDb.startWithTls(directory);
        server.execute(
                "CREATE TABLE app.people (id INT PRIMARY KEY, name VARCHAR(40), ssn VARCHAR(40),"
                        + " tail VARCHAR(4) AS (RIGHT(ssn, 4)) STORED)",
                "INSERT INTO app.people (id, name, ssn) VALUES (1, 'Ann', '" + CLEAR + "')",
                "CREATE TABLE app.orders (id INT PRIMARY KEY, note VARCHAR(40))",
                "INSERT INTO app.orders VALUES (1, 'hello')",
                "CREATE VIEW app.renamed AS SELECT id, name AS called, ssn AS x FROM app.people",
                "CREATE VIEW app.over_view (a, b) AS SELECT called, UPPER(x) FROM app.renamed",
                "CREATE FUNCTION app.ssn_of(i INT) RETURNS VARCHAR(40) READS SQL DATA"
                        + " RETURN (SELECT ssn FROM app.people WHERE id = i)",
                "CREATE FUNCTION app.twice(i INT) RETURNS INT DETERMINISTIC NO SQL RETURN i * 2",
                "CREATE FUNCTION app.raises(number INT, what VARCHAR(99)) RETURNS INT BEGIN"
                        + " SIGNAL SQLSTATE '08000' SET MYSQL_ERRNO = number, MESSAGE_TEXT = what; RETURN 1; END",
                "CREATE PROCEDURE app.notes(IN i INT, OUT n INT) BEGIN SELECT note FROM orders WHERE id = i; SET n = i + 1; END",
                "CREATE PROCEDURE app.tells_all() BEGIN SELECT ssn FROM people; END",
                "CREATE TABLE app.stock (id INT PRIMARY KEY, note VARCHAR(99))",
                "INSERT INTO app.stock VALUES (1, 'x')",
                "CREATE TRIGGER app.tells BEFORE UPDATE ON app.stock FOR EACH ROW BEGIN DECLARE m VARCHAR(99);"
                        + " SELECT ssn INTO m FROM app.people LIMIT 1; SIGNAL SQLSTATE '40001' SET MESSAGE_TEXT = m; END");
    }

    @BeforeEach
    void load() throws Exception {
        policy = new UnderPolicy(POLICY);
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = MysqlDriver.class,
            names = {"MYSQL_26", "MARIADB_4", "MARIADB_2"})
    void aProcedureShowsWhatItReads(MysqlDriver driver) throws Exception {
        policy.change(POLICY.replace("opaque: allow", "opaque: approve"));
        try (Connection c = driver.connect(server);
                CallableStatement call = c.prepareCall("{call notes(?, ?)}")) {
            call.setInt(1, 1);
            call.registerOutParameter(2, Types.INTEGER);
            assertThat(call.execute()).isTrue();
            try (ResultSet rows = call.getResultSet()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("hello");
            }
            assertThat(call.getInt(2)).isEqualTo(2);
            assertThat(UnderPolicy.row(c, "CALL tells_all()")).doesNotContain(CLEAR);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MysqlDriver.class,
            names = {"MYSQL_26", "MARIADB_4"})
    void noFormOfAWriteStoresAMask(MysqlDriver driver) throws SQLException {
        try (Connection c = driver.connect(server)) {
            for (String write : new String[] {
                "UPDATE people SET ssn = CASE id WHEN 1 THEN ? END",
                "UPDATE people JOIN (SELECT ? v) x SET people.ssn = x.v",
                "INSERT INTO people (id, ssn) VALUES (1, 'x') ON DUPLICATE KEY UPDATE name = VALUES(name), ssn = ?",
                "UPDATE renamed SET x = IF(1, ?, '')"
            }) {
                assertThatThrownBy(() -> update(c, write, "***")).as(write).hasMessageContaining("in place");
            }
            assertThatThrownBy(() -> update(c, "UPDATE people SET ssn = JSON_VALUE(?, '$.a')", "{\"a\": \"***\"}"))
                    .hasMessageContaining("in place");
            assertThat(update(c, "UPDATE people SET ssn = JSON_VALUE(?, '$.a')", "{\"a\": \"" + CLEAR + "\"}"))
                    .isLessThanOrEqualTo(1);
        }
    }

    private static int update(Connection c, String write, String value) throws SQLException {
        try (PreparedStatement p = c.prepareStatement(write)) {
            p.setString(1, value);
            return p.executeUpdate();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MysqlDriver.class,
            names = {"MYSQL_26", "MARIADB_4", "MARIADB_2"})
    void viewsGeneratedColumnsAndFunctionsAreFollowed(MysqlDriver driver) throws SQLException {
        try (Connection c = driver.connect(server)) {
            assertThat(c.getAutoCommit()).isTrue();
            assertThat(UnderPolicy.row(c, "SELECT called, x FROM renamed").get(0))
                    .isEqualTo("Ann");
            for (String sql : new String[] {
                "SELECT called, x FROM renamed",
                "SELECT * FROM renamed",
                "SELECT x AS anything FROM app.renamed r",
                "SELECT b FROM over_view",
                "SELECT * FROM app.over_view",
                "SELECT tail FROM people",
                "SELECT ssn_of(1)",
                "SELECT ssn FROM people"
            }) {
                assertThat(UnderPolicy.row(c, sql)).as(sql).doesNotContain(CLEAR, "6789");
            }
            assertThat(UnderPolicy.row(c, "SELECT a FROM over_view")).containsExactly("Ann");
            assertThat(UnderPolicy.row(c, "SELECT id, called FROM renamed")).containsExactly("1", "Ann");
            assertThat(UnderPolicy.row(c, "SELECT note, twice(id) FROM orders")).containsExactly("hello", "2");
            assertThat(UnderPolicy.row(
                            c, "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_NAME = 'orders'"))
                    .containsExactly("orders");
        }
        assertThat(WovenProcess.GATE.alarms).isEmpty();
        assertThat(WovenProcess.GATE.statements()).noneMatch(sql -> sql.contains("GENERATION_EXPRESSION"));
    }

    @ParameterizedTest
    @EnumSource(
            value = MysqlDriver.class,
            names = {"MYSQL_26", "MARIADB_4"})
    void whatTheApplicationMakesItselfStaysUsable(MysqlDriver driver) throws SQLException {
        try (Connection c = driver.connect(server);
                Statement s = c.createStatement()) {
            s.execute("CREATE TEMPORARY TABLE scratch (id INT, note VARCHAR(20))");
            s.execute("INSERT INTO scratch VALUES (7, 'mine')");
            assertThat(UnderPolicy.row(c, "SELECT id, note FROM scratch")).containsExactly("7", "mine");
            s.execute("CREATE TABLE fresh_" + driver.ordinal() + " AS SELECT ssn AS hidden, name FROM people");
            assertThat(UnderPolicy.row(c, "SELECT hidden FROM fresh_" + driver.ordinal()))
                    .doesNotContain(CLEAR);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MysqlDriver.class,
            names = {"MYSQL_26", "MARIADB_4", "MARIADB_2"})
    void errorsSayNamesAndNoMaskedValue(MysqlDriver driver) throws SQLException {
        try (Connection c = driver.connect(server)) {
            for (int number : new int[] {1054, 1062, 1213, 1644}) {
                SQLException thrown = thrownBy(c, "SELECT raises(" + number + ", ssn) FROM people");

                assertThat(thrown.getErrorCode()).isEqualTo(number);
                assertThat(thrown.toString()).contains("withheld").doesNotContain("6789");
            }
            assertThat(thrownBy(c, "UPDATE stock SET note = 'y'").toString()).doesNotContain("6789");
            assertThat(thrownBy(c, "SELECT nowhere FROM people").getMessage()).contains("'nowhere'");
            assertThat(thrownBy(c, "SELECT ssn FORM people").getMessage()).contains("error in your SQL syntax");
            assertThat(thrownBy(c, "UPDATE people SET id = NULL").getMessage()).contains("'id' cannot be null");
            assertThat(thrownBy(c, "INSERT INTO people (id, name) VALUES (1, 'Zoe')")
                            .getMessage())
                    .contains("Duplicate entry '1' for key");
        }
    }

    private static SQLException thrownBy(Connection c, String sql) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(SQLException.class, () -> {
            try (Statement s = c.createStatement()) {
                s.execute(sql);
            }
        });
    }
}
