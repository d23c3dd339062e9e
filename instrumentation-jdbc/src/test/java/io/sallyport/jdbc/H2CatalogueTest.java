package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What H2's catalogue says is followed on live connections. The schema is made by EXECUTE IMMEDIATE, which is not looked into. */
class H2CatalogueTest {

    private static final String CLEAR = "123-45-6789";

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            mask:
              - name: ssn
                columns: [hr.people.ssn]
                with: redact
            """;

    private Connection keeper;
    private UnderPolicy policy;

    @BeforeEach
    void prepare() throws Exception {
        WovenProcess.GATE.reset();
        keeper = WovenProcess.connect("jdbc:h2:mem:catalogue");
        unseen(
                "CREATE SCHEMA hr",
                "CREATE TABLE hr.people (id INT PRIMARY KEY, name VARCHAR, ssn VARCHAR,"
                        + " tail VARCHAR GENERATED ALWAYS AS (RIGHT(ssn, 4)))",
                "INSERT INTO hr.people (id, name, ssn) VALUES (1, 'Ann', '123-45-6789')",
                "CREATE VIEW renamed AS SELECT id, name AS called, ssn AS x FROM hr.people",
                "CREATE VIEW over_view (a, b) AS SELECT called, UPPER(x) FROM renamed",
                "CREATE SYNONYM folk FOR hr.people",
                "CREATE TABLE public.people (id INT, ssn VARCHAR)",
                "INSERT INTO public.people VALUES (1, '987-65-4321')");
        policy = new UnderPolicy(POLICY);
        try (Statement s = keeper.createStatement()) {
            // A change that is seen: the next connection reads the catalogue anew.
            s.execute("CREATE TABLE IF NOT EXISTS seen (id INT)");
        }
    }

    private void unseen(String... statements) throws SQLException {
        try (Statement s = keeper.createStatement()) {
            for (String sql : statements) {
                s.execute("EXECUTE IMMEDIATE '" + sql.replace("'", "''") + "'");
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        policy.close();
        try (Statement s = keeper.createStatement()) {
            s.execute("SHUTDOWN");
        }
    }

    private static Connection connect() throws SQLException {
        return WovenProcess.connect("jdbc:h2:mem:catalogue");
    }

    @Test
    void aNameWithoutASchemaMeansWhatTheConnectionWasToldByACall() throws SQLException {
        try (Connection c = connect()) {
            assertThat(UnderPolicy.row(c, "SELECT ssn FROM people")).containsExactly("987-65-4321");
            c.setSchema("HR");
            assertThat(UnderPolicy.row(c, "SELECT ssn FROM people")).doesNotContain("123-45-6789");
        }
    }

    @Test
    void aColumnIsMaskedUnderEveryNameThatTheCatalogueGivesIt() throws SQLException {
        try (Connection c = connect()) {
            assertThat(UnderPolicy.row(c, "SELECT called, x FROM renamed").get(0))
                    .isEqualTo("Ann");
            assertThat(UnderPolicy.row(c, "SELECT called, x FROM renamed")).doesNotContain(CLEAR);
            assertThat(UnderPolicy.row(c, "SELECT a, b FROM over_view").get(0)).isEqualTo("Ann");
            assertThat(UnderPolicy.row(c, "SELECT a, b FROM over_view")).doesNotContain(CLEAR);
            assertThat(UnderPolicy.row(c, "SELECT ssn || '' FROM folk")).doesNotContain(CLEAR);
            assertThat(UnderPolicy.row(c, "SELECT tail || '' FROM hr.people")).doesNotContain("6789");
            assertThat(UnderPolicy.row(c, "SELECT ssn || '' FROM people")).containsExactly("987-65-4321");
        }
    }

    @Test
    void aMaskedValueIsNotWrittenBackThroughAView() throws SQLException {
        try (Connection c = connect();
                PreparedStatement p = c.prepareStatement("UPDATE folk SET ssn = ? WHERE id = 1")) {
            p.setString(1, UnderPolicy.row(c, "SELECT ssn FROM folk").get(0));
            assertThatThrownBy(p::executeUpdate)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("ssn");
        }
    }

    @Test
    void whatIsNotInTheCatalogueMayShowAnything() throws SQLException {
        try (Connection c = connect()) {
            unseen("CREATE VIEW late AS SELECT ssn || '' AS s FROM hr.people");
            assertThat(UnderPolicy.row(c, "SELECT s FROM late")).doesNotContain(CLEAR);
            try (Statement s = c.createStatement()) {
                s.execute("CREATE TABLE own (t VARCHAR)");
                s.execute("INSERT INTO own VALUES ('text')");
            }
            assertThat(UnderPolicy.row(c, "SELECT t || '' FROM own")).containsExactly("text");
        }
    }

    @Test
    void readingTheCatalogueLeavesNoTraceOnTheConnection() throws SQLException {
        try (Connection c = connect()) {
            assertThat(c.getAutoCommit()).isTrue();
            assertThat(c.getSchema()).isEqualTo("PUBLIC");
            assertThat((Object) c.getWarnings()).isNull();
        }
        try (Connection c = WovenProcess.connect("jdbc:h2:mem:catalogue;AUTOCOMMIT=FALSE")) {
            assertThat(c.getAutoCommit()).isFalse();
        }
        assertThat(WovenProcess.GATE.statements()).noneMatch(sql -> sql.contains("INFORMATION_SCHEMA"));
    }
}
