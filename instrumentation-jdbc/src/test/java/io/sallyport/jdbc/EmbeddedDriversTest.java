package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.ApprovalDesk;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drivers that have no module of their own here, run for real: governed by the generic weave where the policy admits them. */
class EmbeddedDriversTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;
    private static final ClassLoader APPLICATION = WovenProcess.applicationWith("hsqldb", "derby");

    private static final String HSQLDB = "org.hsqldb.jdbc.JDBCDriver, jdbc:hsqldb:mem:generic, hsqldb";
    private static final String DERBY =
            "org.apache.derby.iapi.jdbc.AutoloadedDriver, jdbc:derby:memory:generic;create=true, derby";

    @BeforeEach
    @AfterEach
    void reset() {
        GATE.reset();
    }

    private static Connection connect(String driver, String url) throws SQLException {
        System.setProperty("derby.stream.error.field", "java.lang.System.err");
        return WovenProcess.connect(WovenProcess.driver(APPLICATION, driver), url);
    }

    @ParameterizedTest
    @CsvSource({HSQLDB, DERBY})
    void itIsRefusedUnlessThePolicyNamesIt(String driver, String url, String name) {
        assertThatThrownBy(() -> connect(driver, url))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("allowUnproven")
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({HSQLDB, DERBY})
    void whatItTellsOfItselfIsNeitherMaskedNorRefused(String driver, String url, String name) throws Exception {
        GATE.allowedUnproven = Set.of(name);
        try (Connection c = connect(driver, url)) {
            Governed.by("""
                    version: 1
                    mode: enforce
                    default: {jdbc: allow, http: allow, unmatched: allow, opaque: deny}
                    mask:
                      - {name: secret, columns: [people.email], with: redact}
                    allowUnproven: [hsqldb, derby]
                    """, ApprovalDesk.NOBODY);
            DatabaseMetaData about = c.getMetaData();
            assertThat(about.getDatabaseProductVersion())
                    .startsWith(about.getDatabaseMajorVersion() + "." + about.getDatabaseMinorVersion());
            assertThat(about.getUserName()).doesNotContain("*");
            assertThat(c.getSchema()).isIn("PUBLIC", "APP");
            assertThat(c.isReadOnly() || about.isReadOnly()).isFalse();
            assertThat(about.getDefaultTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @ParameterizedTest
    @CsvSource({HSQLDB, DERBY})
    void whatIsDoneToARowOfAClosedResultFailsAsTheDriverSays(String driver, String url, String name) throws Exception {
        GATE.allowedUnproven = Set.of(name);
        try (Connection c = connect(driver, url);
                Statement s = c.createStatement()) {
            ResultSet rows = s.executeQuery("VALUES 1");
            rows.close();
            for (Executable done :
                    List.<Executable>of(rows::updateRow, rows::insertRow, rows::deleteRow, rows::refreshRow)) {
                assertThatThrownBy(done::execute).hasMessageNotContaining("getStatement");
            }
        }
    }

    @Test
    void aChangedIsolationOfDerbysCommitsNothingThatMustNotBeCommitted() throws Exception {
        GATE.allowedUnproven = Set.of("derby");
        try (Connection c = connect(
                        "org.apache.derby.iapi.jdbc.AutoloadedDriver", "jdbc:derby:memory:isolation;create=true");
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE jobs (id INT)");
            s.execute("INSERT INTO jobs VALUES 1, 2, 3");
            Governed.by("""
                    version: 1
                    mode: enforce
                    guard:
                      - {name: few, when: {rows: {changed: 2, per: transaction}}, then: deny}
                    allowUnproven: [hsqldb, derby]
                    """, ApprovalDesk.NOBODY);
            c.setAutoCommit(false);
            assertThatThrownBy(() -> s.executeUpdate("DELETE FROM jobs")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE))
                    .hasMessageContaining("Refused by Sallyport");
            c.rollback();
            GATE.reset();
            try (ResultSet rows = s.executeQuery("SELECT count(*) FROM jobs")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(3);
            }
            c.rollback();
        }
    }

    @ParameterizedTest
    @CsvSource({HSQLDB, DERBY})
    void itsStatementsAreDecidedAndItsValuesMasked(String driver, String url, String name) throws Exception {
        GATE.allowedUnproven = Set.of(name);
        try (Connection c = connect(driver, url);
                Statement s = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            s.execute("CREATE TABLE people (id INT PRIMARY KEY, email VARCHAR(50))");
            try {
                s.executeUpdate("INSERT INTO people VALUES (1, 'ann@example.org')");
                GATE.masksByLabel = Map.of("email", WovenProcess.textOnly("hidden"));
                try (ResultSet rows = s.executeQuery("SELECT id, email FROM people")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(1);
                    assertThat(rows.getString("email")).isEqualTo("hidden");
                    assertThat(rows.getString(2)).isEqualTo("hidden");
                }
                try (PreparedStatement p = c.prepareStatement("SELECT email FROM people WHERE id = ?")) {
                    p.setInt(1, 1);
                    try (ResultSet rows = p.executeQuery()) {
                        rows.next();
                        assertThat(rows.getString(1)).isEqualTo("hidden");
                    }
                }
                DatabaseMetaData about = c.getMetaData();
                try (ResultSet tables = about.getTables(null, null, "PEOPLE", null)) {
                    assertThat(tables.next()).isTrue();
                    assertThat(tables.getString("TABLE_NAME")).isEqualTo("PEOPLE");
                }
                GATE.denySql("DELETE");
                assertThatThrownBy(() -> s.execute("DELETE FROM people"))
                        .isExactlyInstanceOf(SQLException.class)
                        .hasMessageContaining("not today");
                s.addBatch("DELETE FROM people");
                assertThatThrownBy(s::executeBatch).hasMessageContaining("not today");
                s.clearBatch();
                assertThat(c.isValid(1)).isTrue();
            } finally {
                GATE.reset();
                s.execute("DROP TABLE people");
            }
        }
    }
}
