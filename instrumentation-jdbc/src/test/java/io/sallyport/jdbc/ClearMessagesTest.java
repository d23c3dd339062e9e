package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.core.hold.ApprovalDesk;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under a rule for a column of any table the database speaks for itself of tables that have no such column, and of no others. */
class ClearMessagesTest {

    private static final String POLICY = "version: 1\nmask:\n  - {name: contact, columns: ['*.email']}\n";
    private static final String DETECTORS = "version: 1\nmask:\n  - {name: cards, detect: [CREDIT_CARD]}\n";
    private static final String[] TABLES = {
        "CREATE TABLE clear (id INT PRIMARY KEY, name VARCHAR(20))",
        "INSERT INTO clear VALUES (1, 'acme')",
        "CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(20), email VARCHAR(40))",
        "INSERT INTO people VALUES (1, 'acme', 'ann@acme.com')",
        "CREATE VIEW contacts AS SELECT id, email AS reach FROM people",
        "CREATE TABLE orders (id INT REFERENCES clear (id))",
        "INSERT INTO orders VALUES (1)"
    };

    @RegisterExtension
    static final WovenPostgres POSTGRES = WovenPostgres.with(Stream.concat(
                    Stream.of(TABLES), Stream.of("CREATE TABLE later (id INT UNIQUE DEFERRABLE INITIALLY DEFERRED)"))
            .toArray(String[]::new));

    private Connection keeper;

    @BeforeEach
    void tables() throws SQLException {
        WovenProcess.GATE.reset();
        keeper = WovenProcess.connect("jdbc:h2:mem:said");
        try (Statement s = keeper.createStatement()) {
            s.execute("DROP ALL OBJECTS");
            for (String sql : TABLES) {
                s.execute(sql);
            }
        }
        Governed.by(POLICY, ApprovalDesk.NOBODY);
    }

    @AfterEach
    void close() throws SQLException {
        WovenProcess.GATE.reset();
        keeper.close();
    }

    private static String h2(String... sql) throws SQLException {
        try (Connection c = WovenProcess.connect("jdbc:h2:mem:said")) {
            return thrownBy(c, sql);
        }
    }

    private static String postgres(String... sql) throws SQLException {
        try (Connection c = POSTGRES.connect()) {
            return thrownBy(c, sql);
        }
    }

    /** Everything that is said of the last. */
    private static String thrownBy(Connection c, String... sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            for (int i = 0; i < sql.length - 1; i++) {
                s.execute(sql[i]);
            }
            SQLException thrown = catchThrowableOfType(SQLException.class, () -> {
                if (s.execute(sql[sql.length - 1])) {
                    s.getResultSet().next();
                }
            });
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }

    @Test
    void whatIsSaidOfClearTablesIsSaid() throws SQLException {
        assertThat(h2("SELECT * FROM clear WHERE CAST(name AS INT) = 1")).contains("\"acme\"");
        assertThat(h2("INSERT INTO clear VALUES (1, 'x')")).contains("( /* key:1 */ 1, 'acme')");
        assertThat(h2("UPDATE clear SET name = name || 'a quarter of a century' WHERE id = 1"))
                .contains("quarter");
        assertThat(postgres("SELECT id FROM public.clear WHERE CAST(name AS INT) = 1"))
                .contains("\"acme\"");
        assertThat(postgres("UPDATE clear SET id = CAST(name AS INT)")).contains("\"acme\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM people WHERE CAST(name AS INT) = 1",
                "SELECT id FROM contacts WHERE CAST(reach AS INT) = 1",
                "SELECT c.id FROM clear c, people p WHERE CAST(p.name AS INT) = 1",
                "UPDATE clear SET id = (SELECT CAST(reach AS INT) FROM contacts)",
                "INSERT INTO clear SELECT 7, CAST(CAST(reach AS INT) AS VARCHAR) FROM contacts"
            })
    void whatIsSaidOfOthersIsWithheld(String sql) throws SQLException {
        assertThat(h2(sql)).contains("withheld").doesNotContain("acme");
        assertThat(postgres(sql)).contains("withheld").doesNotContain("acme");
    }

    @Test
    void aTableThatHoldsACopyIsNotClear() throws SQLException {
        assertThat(h2(
                        "CREATE TABLE kept AS SELECT email AS reach FROM people",
                        "SELECT 1 FROM kept WHERE CAST(reach AS INT) = 1"))
                .contains("withheld")
                .doesNotContain("ann@");
        assertThat(h2("SELECT 1 FROM kept WHERE CAST(reach AS INT) = 1"))
                .contains("withheld")
                .doesNotContain("ann@");
    }

    @Test
    void aTableThatWasChangedIsNotClearUntilItIsReadAgain() throws SQLException {
        assertThat(h2("ALTER TABLE clear ADD email VARCHAR(9)", "SELECT 1 FROM clear WHERE CAST(name AS INT) = 1"))
                .contains("withheld");
        assertThat(h2("SELECT 1 FROM clear WHERE CAST(name AS INT) = 1")).contains("withheld");
    }

    @Test
    void rowsToWhichConstraintsLeadAreNotQuotedWhereAnyTableIsMasked() throws SQLException {
        assertThat(h2("DELETE FROM clear WHERE id = 1"))
                .contains("Referential integrity")
                .doesNotContain("(ID) (1)");
        assertThat(postgres("DELETE FROM clear WHERE id = 1"))
                .contains("orders_id_fkey")
                .doesNotContain("(id)=(1)");
    }

    @Test
    void codeThatIsStoredIsNotBelieved() throws SQLException {
        POSTGRES.server()
                .execute(
                        "CREATE OR REPLACE FUNCTION tells() RETURNS INT AS $$ DECLARE e TEXT; BEGIN SELECT email INTO e FROM"
                                + " people; RAISE EXCEPTION '%', e; END $$ LANGUAGE plpgsql");
        assertThat(postgres("SELECT id FROM clear WHERE tells() = 1"))
                .contains("withheld")
                .doesNotContain("acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.email", "people.email"})
    void aVariableThatHoldsACopyIsNotQuotedWhereverItIsUsed(String column) throws SQLException {
        Governed.by(POLICY.replace("*.email", column), ApprovalDesk.NOBODY);
        assertThat(h2("SET @held = (SELECT email FROM people)", "SELECT id FROM clear WHERE CAST(@held AS INT) = id"))
                .contains("withheld")
                .doesNotContain("acme");
        assertThat(postgres(
                        "SELECT set_config('my.held', email, false) FROM people",
                        "SELECT id FROM clear WHERE CAST(current_setting('my.held') AS INT) = id"))
                .contains("withheld")
                .doesNotContain("acme");
    }

    @Test
    void detectorsLookIntoWhatIsSaid() throws SQLException {
        Governed.by(DETECTORS, ApprovalDesk.NOBODY);
        assertThat(h2("SELECT id FROM clear WHERE CAST(name AS INT) = 1")).contains("\"acme\"");
        assertThat(h2("SELECT id FROM clear WHERE CAST(name || ' 4111 1111 1111 1111' AS INT) = 1"))
                .contains("withheld")
                .doesNotContain("4111");
    }

    @Test
    void aClosedResultIsSaidToBeClosed() throws SQLException {
        try (Connection c = WovenProcess.connect("jdbc:h2:mem:said");
                Statement s = c.createStatement()) {
            ResultSet rows = s.executeQuery("SELECT * FROM people");
            rows.close();
            SQLException thrown = catchThrowableOfType(SQLException.class, () -> rows.getString("email"));
            assertThat(thrown.getMessage()).contains("already closed");
        }
    }

    @Test
    void theEndOfATransactionThatMetClearTablesIsSaid() throws SQLException {
        try (Connection c = POSTGRES.connect();
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.execute("INSERT INTO later VALUES (4711), (4711)");
            SQLException thrown = catchThrowableOfType(SQLException.class, c::commit);
            assertThat(thrown.getMessage()).contains("(id)=(4711)");
        }
    }
}
