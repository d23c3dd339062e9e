package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.ApprovalDesk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masked values that engines inside the process would put where no mask reaches them stay where they are. */
class OutOfReachTest {
    private static final String POLICY =
            "version: 1\nmode: enforce\nmask:\n" + "  - {name: contact, columns: [customers.email, customers.ssn]}\n";

    @AfterEach
    void noPolicy() {
        WovenProcess.GATE.reset();
    }

    private static Connection open(String url) throws SQLException {
        WovenProcess.GATE.reset();
        Connection connection = WovenProcess.connect(url);
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE customers (ssn INTEGER PRIMARY KEY, email VARCHAR(40), name VARCHAR(20))");
            s.execute("INSERT INTO customers VALUES (123456789, 'ann@acme.com', 'Ann')");
            s.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, note VARCHAR(40))");
        }
        Governed.by(POLICY, ApprovalDesk.NOBODY);
        return connection;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SCRIPT TO '%s/x.sql'",
                "BACKUP TO '%s/x.zip'",
                "CALL CSVWRITE('%s/x.csv', 'SELECT * FROM customers')",
                "CREATE CONSTANT k VALUE (SELECT email FROM customers)",
                "CREATE SEQUENCE s START WITH (SELECT ssn FROM customers)",
                "EXECUTE IMMEDIATE 'ALTER SEQUENCE s RESTART WITH ' || (SELECT ssn FROM customers)",
                "COMMENT ON TABLE orders IS (SELECT email FROM customers)",
                "CREATE TRIGGER t BEFORE UPDATE ON customers FOR EACH ROW CALL 'org.example.Spy'",
                "CREATE LINKED TABLE l ('', 'jdbc:h2:mem:other', '', '', 'X')"
            })
    void h2KeepsThem(String sql, @TempDir Path directory) throws Exception {
        try (Connection connection = open("jdbc:h2:mem:reach" + System.nanoTime());
                Statement s = connection.createStatement()) {
            assertRefused(s, sql.formatted(directory));
        }
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VACUUM INTO '%s/x.db'",
                "backup to %s/x.db",
                "ATTACH '%s/' || (SELECT email FROM customers) AS z",
                "UPDATE sqlite_master SET sql = replace(sql, 'email', 'x')"
            })
    void sqliteKeepsThem(String sql, @TempDir Path directory) throws Exception {
        try (Connection connection = open("jdbc:sqlite::memory:");
                Statement s = connection.createStatement()) {
            s.execute("PRAGMA writable_schema = 1");
            assertRefused(s, sql.formatted(directory));
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void sqlitesRowNumbersAreAsMaskedAsTheKeyThatTheyAre(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("x.db");
        try (Connection connection = open("jdbc:sqlite:" + file)) {
            assertMasked(connection, "SELECT rowid FROM customers");
        }
        // And where the table is older than the connection.
        try (Connection connection = WovenProcess.connect("jdbc:sqlite:" + file);
                Statement s = connection.createStatement()) {
            assertMasked(connection, "SELECT max(oid) FROM customers");
            s.executeUpdate("INSERT INTO orders (note) VALUES ('first')");
            assertThat(first(s.executeQuery("SELECT last_insert_rowid()"))).isEqualTo("1");
            s.executeUpdate("INSERT INTO orders (id) SELECT ssn FROM customers");
            assertMasked(connection, "SELECT last_insert_rowid()");
            s.executeUpdate("INSERT INTO orders (id) SELECT ssn + 1 FROM customers");
            assertThat(first(s.getGeneratedKeys())).doesNotContain("12345679");
            assertMasked(connection, "SELECT rowid FROM orders WHERE id > 5");
        }
        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void whatH2sSettingsKeepIsMasked() throws Exception {
        try (Connection connection = open("jdbc:h2:mem:reach" + System.nanoTime());
                Statement s = connection.createStatement()) {
            s.execute("SET @e = SELECT ssn FROM customers LIMIT 1");
            assertMasked(connection, "SELECT @e");
            s.execute("SET LOCK_TIMEOUT (SELECT ssn FROM customers)");
            assertMasked(connection, "SELECT LOCK_TIMEOUT()");
        }
    }

    @Test
    void whatSqlitesFullTextFunctionsQuoteIsMasked() throws Exception {
        try (Connection connection = open("jdbc:sqlite::memory:");
                Statement s = connection.createStatement()) {
            s.execute("UPDATE customers SET email = 'x 123456789'");
            s.execute("CREATE VIRTUAL TABLE f5 USING fts5(email, content='customers', content_rowid='ssn')");
            s.execute("INSERT INTO f5(f5) VALUES ('rebuild')");
            s.execute("CREATE VIRTUAL TABLE f4 USING fts4(email, content='customers')");
            s.execute("INSERT INTO f4(f4) VALUES ('rebuild')");
            assertMasked(connection, "SELECT highlight(f5, 0, '<', '>') FROM f5('x')");
            assertMasked(connection, "SELECT snippet(f5, 0, '<', '>', '', 9) FROM f5 WHERE f5 MATCH 'x'");
            assertMasked(connection, "SELECT snippet(f4) FROM f4 WHERE f4 MATCH 'x'");
            assertMasked(connection, "SELECT snippet(f4) FROM f4 g WHERE g.email MATCH 'x'");
        }
    }

    private static void assertMasked(Connection connection, String sql) throws SQLException {
        try (Statement s = connection.createStatement()) {
            assertThat(first(s.executeQuery(sql))).as(sql).doesNotContain("12345678");
        }
    }

    private static String first(ResultSet rows) throws SQLException {
        try (rows) {
            assertThat(rows.next()).isTrue();
            return String.valueOf(rows.getString(1));
        }
    }

    private static void assertRefused(Statement statement, String sql) {
        assertThatThrownBy(() -> statement.execute(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"))
                .hasMessageContaining("contact");
    }
}
