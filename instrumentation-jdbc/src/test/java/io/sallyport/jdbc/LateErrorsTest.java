package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that are made as they are asked for quote no masked value when they fail, whichever method asks. */
class LateErrorsTest {

    private static final String SECRET = "canary@acme.com";
    private static final String FAILING =
            "SELECT id, CASE WHEN id = 2 THEN CAST(email AS INT) ELSE 0 END AS k FROM people";

    @RegisterExtension
    static final WovenPostgres SERVER = WovenPostgres.with(
            "CREATE TABLE people (id INT PRIMARY KEY, email TEXT)",
            "INSERT INTO people VALUES (1, 'b'), (2, '" + SECRET + "')");

    private UnderPolicy policy;

    @BeforeEach
    void govern() throws Exception {
        policy = new UnderPolicy("version: 1\nmask:\n  - {name: contact, columns: [people.email]}\n");
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    private interface Asking {
        void of(ResultSet rows) throws SQLException;
    }

    private static void assertQuotesNothing(Connection c, Asking asking) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.setFetchSize(1);
            ResultSet rows = s.executeQuery(FAILING);
            assertThat(rows.next()).isTrue();
            Throwable thrown = catchThrowable(() -> asking.of(rows));
            assertThat(thrown).isInstanceOf(SQLException.class);
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            assertThat(text.toString()).contains("withheld").doesNotContain(SECRET);
        }
    }

    @Test
    void postgresqlsCursors() throws SQLException {
        try (Connection c = SERVER.connect()) {
            c.setAutoCommit(false);
            assertQuotesNothing(c, ResultSet::isLast);
        }
    }

    @Test
    void h2sLazyQueries() throws SQLException {
        try (Connection c = WovenProcess.connect("jdbc:h2:mem:");
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE people (id INT PRIMARY KEY, email VARCHAR(40))");
            s.execute("INSERT INTO people VALUES (1, 'b'), (2, '" + SECRET + "')");
            s.execute("SET LAZY_QUERY_EXECUTION 1");
            assertQuotesNothing(c, ResultSet::isLast);
            assertQuotesNothing(c, ResultSet::afterLast);
        }
    }
}
