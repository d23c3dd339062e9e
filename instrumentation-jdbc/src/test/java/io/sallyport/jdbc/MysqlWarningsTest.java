package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.MariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What MariaDB says beside a result: its drivers ask for it when the application does, and get what the connection's last statement left. */
@ParameterizedClass
@MethodSource("drivers")
class MysqlWarningsTest {

    private static final String POLICY =
            "version: 1\ndefault: {jdbc: allow, opaque: allow}\nmask:\n  - {name: cards, columns: [payments.card]}\n";
    private static final String CARD = "4111-1111-1111-1111";
    private static final String OF_MASKED = "SELECT CAST(card AS DATE) FROM payments";
    private static final String OF_CLEAR = "SELECT CAST(word AS UNSIGNED) FROM plain";

    @TempDir
    static Path directory;

    @AutoClose
    private static MariaDb server;

    private final MysqlDriver driver;
    private UnderPolicy policy;

    MysqlWarningsTest(MysqlDriver driver) {
        this.driver = driver;
    }

    static List<MysqlDriver> drivers() {
        return MysqlDriver.all();
    }

    @BeforeAll
    static void start() throws Exception {
        server = MariaDb.startWithTls(directory);
        server.execute(
                "CREATE TABLE app.payments (id INT, card VARCHAR(40))",
                "INSERT INTO app.payments VALUES (1, '" + CARD + "')",
                "CREATE TABLE app.plain (id INT, word VARCHAR(40))",
                "INSERT INTO app.plain VALUES (1, 'abc')");
    }

    @BeforeEach
    void govern() throws Exception {
        policy = new UnderPolicy(POLICY);
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    private Connection connect() throws SQLException {
        return driver.connect(server);
    }

    private static void read(Statement s, String sql) throws SQLException {
        try (ResultSet rows = s.executeQuery(sql)) {
            rows.next();
            rows.getString(1);
        }
    }

    private static List<String> all(SQLWarning first) {
        List<String> texts = new ArrayList<>();
        for (SQLWarning w = first; w != null; w = w.getNextWarning()) {
            texts.add(w.getMessage());
        }
        return texts;
    }

    private static String text(SQLWarning warning) {
        return warning == null ? null : warning.getMessage();
    }

    @Test
    void whereNoMaskedTableTakesPartItIsTheServersOwn() throws SQLException {
        for (String sql : List.of("SELECT CAST('abc' AS UNSIGNED)", OF_CLEAR)) {
            try (Connection c = connect();
                    Statement s = c.createStatement()) {
                read(s, sql);
                // Once: MariaDB's driver has none left then.
                SQLWarning warning = s.getWarnings();
                assertThat(text(warning)).contains("Truncated incorrect").contains("'abc'");
                assertThat(warning.getErrorCode()).isEqualTo(1292);
            }
        }
    }

    @Test
    void ofAMaskedTableItIsWithheld() throws SQLException {
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            read(s, OF_MASKED);
            SQLWarning warning = s.getWarnings();
            assertThat(text(warning)).contains("withheld").doesNotContain("4111");
            assertThat(warning.getErrorCode()).isEqualTo(1292);
            read(s, OF_MASKED);
            assertThat(String.valueOf(text(c.getWarnings()))).doesNotContain("4111");
        }
    }

    @Test
    void whatAnotherStatementLeftIsNotToldByOneThatMetNoMaskedTable() throws SQLException {
        try (Connection c = connect();
                Statement masked = c.createStatement();
                Statement clear = c.createStatement()) {
            read(clear, OF_CLEAR);
            read(masked, OF_MASKED);
            assertThat(all(clear.getWarnings())).noneMatch(text -> text.contains("4111"));
            read(masked, OF_MASKED);
            read(clear, "SELECT 1");
            assertThat(all(clear.getWarnings())).noneMatch(text -> text.contains("4111"));
            read(masked, OF_CLEAR);
            // A driver may have added to its own what it told before.
            assertThat(all(clear.getWarnings())).noneMatch(text -> text.contains("4111"));
        }
    }

    @Test
    void afterAMaskedTableTheNextStatementsAreTheServersOwnAgain() throws SQLException {
        try (Connection c = connect();
                Statement masked = c.createStatement();
                Statement clear = c.createStatement()) {
            read(masked, OF_MASKED);
            read(clear, OF_CLEAR);
            assertThat(text(clear.getWarnings())).contains("'abc'");
        }
    }
}
