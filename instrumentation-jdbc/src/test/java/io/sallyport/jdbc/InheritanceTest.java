package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.hold.ApprovalDesk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a masked column is masked. */
class InheritanceTest {
    private static final String POLICY =
            "version: 1\nmask:\n  - {name: contact, columns: [customers.email], with: {keepLast: 4}}\n";

    private Connection connection;
    private Statement statement;

    @BeforeEach
    void customers() throws SQLException {
        WovenProcess.GATE.reset();
        connection = WovenProcess.connect("jdbc:h2:mem:inherit" + System.nanoTime());
        statement = connection.createStatement();
        statement.execute("CREATE TABLE customers (id INT, name VARCHAR(20), email VARCHAR(40))");
        statement.execute("INSERT INTO customers VALUES (1, 'Ann', 'ann@acme.com')");
        statement.execute("CREATE TABLE archive (id INT, who VARCHAR(40), note VARCHAR(40))");
        statement.execute("INSERT INTO archive VALUES (7, 'before', 'plain')");
        Governed.by(POLICY, ApprovalDesk.NOBODY);
    }

    @AfterEach
    void close() throws SQLException {
        WovenProcess.GATE.reset();
        connection.close();
    }

    private String read(String sql) throws SQLException {
        try (ResultSet r = statement.executeQuery(sql)) {
            assertThat(r.next()).isTrue();
            return r.getString(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE c AS SELECT id, email AS contact FROM customers | SELECT contact FROM c",
                "CREATE TABLE c (k, v) AS SELECT id, email FROM customers | SELECT v FROM c",
                "CREATE TEMPORARY TABLE c AS SELECT lower(email) AS e FROM customers | SELECT upper(e) FROM c",
                "CREATE VIEW c AS SELECT id, email AS contact FROM customers | SELECT x.contact FROM c x",
                "CREATE VIEW c (a, b) AS SELECT id, email FROM customers | SELECT b FROM c",
                "CREATE TABLE c AS SELECT * FROM customers | SELECT email FROM c",
                "CREATE TABLE c AS SELECT email AS v FROM customers | SELECT * FROM c",
                "CREATE TABLE c AS SELECT email AS v FROM customers | TABLE c",
                "CREATE LOCAL TEMPORARY TABLE c AS SELECT email AS v FROM customers | SELECT x.* FROM c x",
                "CREATE TABLE c AS SELECT email AS \"Vv\" FROM customers | SELECT DISTINCT * FROM c",
                "CREATE TABLE c (v VARCHAR(40) DEFAULT (SELECT email FROM customers), z INT); INSERT INTO c (z) VALUES (1) | SELECT * FROM c",
                "INSERT INTO archive (id, who) SELECT id, email FROM customers | SELECT who FROM archive WHERE id = 1",
                "INSERT INTO archive (id, who) SELECT id, concat('x', email) FROM customers | SELECT who FROM archive WHERE id = 1",
                "INSERT INTO archive SELECT 1, email, 'n' FROM customers | SELECT who FROM archive WHERE id = 1",
                "INSERT INTO archive VALUES (1, (SELECT email FROM customers), 'n') | SELECT who FROM archive WHERE id = 1",
                "MERGE INTO archive KEY (id) SELECT 1, email, 'n' FROM customers | SELECT who FROM archive WHERE id = 1",
                "UPDATE archive SET who = (SELECT email FROM customers WHERE id = 1) | SELECT who FROM archive",
                "ALTER TABLE customers ALTER COLUMN email RENAME TO contact | SELECT contact FROM customers",
                "ALTER TABLE customers RENAME TO clients | SELECT email FROM clients",
                "ALTER TABLE customers RENAME TO clients | SELECT lower(c.email) FROM clients c",
                "CREATE SYNONYM clients FOR customers | SELECT email FROM clients",
                "ALTER TABLE customers ADD COLUMN d VARCHAR GENERATED ALWAYS AS (LOWER(email)) | SELECT d FROM customers",
                "ALTER TABLE archive ALTER COLUMN who SET DEFAULT (SELECT MAX(email) FROM customers) | SELECT who FROM FINAL TABLE (INSERT INTO archive (id) VALUES (3))",
                "SET @x = (SELECT MAX(email) FROM customers) | VALUES @x",
                "SET @x = (SELECT MAX(email) FROM customers) | CALL @x",
                "SET @x = (SELECT MAX(email) FROM customers); CREATE TABLE c AS VALUES @x | TABLE c",
                "SET @x = (SELECT MAX(email) FROM customers) | SELECT @x",
                "SET @x = (SELECT MAX(email) FROM customers) | SELECT lower(@x)",
                "SELECT SET(@x, email) FROM customers | SELECT @x",
                "SELECT @x := email FROM customers | SELECT @x",
            })
    void aCopyIsMaskedFromThenOn(String copy, String look) throws SQLException {
        statement.execute(copy);

        assertThat(read(look)).isNotNull().doesNotContainIgnoringCase("ann@");
    }

    @Test
    void whatAnEntryOfABatchRenamesIsKnownToTheNext() throws SQLException {
        statement.execute("CREATE TABLE spare (id INT, name VARCHAR(20), email VARCHAR(40))");
        try (Connection later = WovenProcess.connect(connection.getMetaData().getURL());
                Statement batch = later.createStatement()) {
            batch.addBatch("ALTER TABLE spare RENAME TO away");
            batch.addBatch("ALTER TABLE customers RENAME TO spare");
            batch.addBatch("INSERT INTO archive (id, who) SELECT 1, email FROM spare");
            batch.executeBatch();
        }

        assertThat(read("SELECT who FROM archive WHERE id = 1")).isNotNull().doesNotContain("ann@");
    }

    @Test
    void aStatementThatWasPreparedBeforeTheCopyIsReadAnew() throws SQLException {
        try (PreparedStatement look = connection.prepareStatement("SELECT who FROM archive ORDER BY id")) {
            try (ResultSet r = look.executeQuery()) {
                r.next();
                assertThat(r.getString(1)).isEqualTo("before");
            }
            statement.execute("INSERT INTO archive (id, who) SELECT id, email FROM customers");
            try (ResultSet r = look.executeQuery()) {
                r.next();
                assertThat(r.getString("who")).doesNotContain("ann@");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT email FROM FINAL TABLE (UPDATE customers SET name = 'k')",
                "SELECT email FROM OLD TABLE (DELETE FROM customers)"
            })
    void rowsThatAWriteShowsAreMasked(String sql) throws SQLException {
        assertThat(statement.execute(sql)).isTrue();
        try (ResultSet r = statement.getResultSet()) {
            assertThat(r.next()).isTrue();
            assertThat(r.getString(1)).doesNotContain("ann@");
        }
    }

    @Test
    void otherColumnsOfTheCopyStayClear() throws SQLException {
        statement.execute("INSERT INTO archive (id, who, note) SELECT id, email, name FROM customers");

        assertThat(read("SELECT note FROM archive WHERE id = 1")).isEqualTo("Ann");
        assertThat(read("SELECT id FROM archive WHERE note = 'Ann'")).isEqualTo("1");
    }

    @Test
    void aCopyOfACopyIsMaskedOnAnyConnection() throws SQLException {
        statement.execute("CREATE TABLE c AS SELECT id, email AS contact FROM customers");
        statement.execute("CREATE TABLE d AS SELECT contact AS again FROM c");
        String url = connection.getMetaData().getURL();

        try (Connection other = WovenProcess.connect(url);
                Statement s = other.createStatement();
                ResultSet r = s.executeQuery("SELECT again FROM d")) {
            r.next();
            assertThat(r.getString(1)).doesNotContain("ann@");
        }
    }
}
