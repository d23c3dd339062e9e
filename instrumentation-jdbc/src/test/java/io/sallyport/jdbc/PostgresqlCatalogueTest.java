package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What PostgreSQL's catalogue says is followed on live connections. The schema is made inside DO blocks, which the agent cannot look
 * into: so nothing here rests on having seen it made.
 */
class PostgresqlCatalogueTest {

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

    @TempDir
    static Path directory;

    private static TlsPostgres server;

    private UnderPolicy policy;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = TlsPostgres.start(directory);
        unseen(
                "CREATE SCHEMA hr",
                "CREATE DOMAIN hr.ssn AS TEXT CHECK (length(value) > 3)",
                "CREATE TABLE hr.people (id INT PRIMARY KEY, name TEXT, ssn hr.ssn,"
                        + " tail TEXT GENERATED ALWAYS AS (right(ssn, 4)) STORED) PARTITION BY RANGE (id)",
                "CREATE TABLE hr.people_2026 PARTITION OF hr.people FOR VALUES FROM (0) TO (100)",
                "INSERT INTO hr.people VALUES (1, 'Ann', '123-45-6789')",
                "CREATE TABLE public.people (id INT PRIMARY KEY, name TEXT, ssn TEXT)",
                "INSERT INTO public.people VALUES (1, 'Bob', '987-65-4321')",
                "CREATE TABLE orders (id INT PRIMARY KEY, note TEXT)",
                "INSERT INTO orders VALUES (1, 'hello')",
                "CREATE VIEW renamed AS SELECT id, name AS called, ssn AS x FROM hr.people",
                "CREATE VIEW over_view (a, b, c) AS SELECT called, x, upper(x) FROM renamed",
                "CREATE MATERIALIZED VIEW kept AS SELECT name, ssn AS m FROM hr.people",
                "CREATE FUNCTION ssn_of(i INT) RETURNS TEXT LANGUAGE sql AS 'SELECT ssn::text FROM hr.people WHERE id = i'",
                "CREATE FUNCTION twice(i INT) RETURNS INT LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN i * 2; END'",
                "CREATE FUNCTION hidden(i INT) RETURNS TEXT LANGUAGE plpgsql AS"
                        + " 'DECLARE s TEXT; BEGIN SELECT ssn INTO s FROM hr.people WHERE id = i; RETURN s; END'",
                "CREATE TABLE stock (id INT PRIMARY KEY, n INT CONSTRAINT n_is_positive CHECK (n > 0))",
                "INSERT INTO stock VALUES (1, 1)",
                "CREATE FUNCTION tells() RETURNS TRIGGER LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION USING ERRCODE = '08000',"
                        + " MESSAGE = (SELECT ssn FROM hr.people LIMIT 1); END $f$",
                "CREATE TRIGGER tells BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION tells()",
                "CREATE FUNCTION counts() RETURNS TRIGGER LANGUAGE plpgsql AS $f$ DECLARE k INT; BEGIN SELECT count(*) INTO k FROM stock;"
                        + " RAISE EXCEPTION 'out of stock'; END $f$",
                "CREATE TRIGGER counts BEFORE DELETE ON stock FOR EACH ROW EXECUTE FUNCTION counts()",
                "CREATE FUNCTION raises(state TEXT, what TEXT) RETURNS TEXT LANGUAGE plpgsql AS"
                        + " $f$ BEGIN RAISE EXCEPTION USING ERRCODE = state, MESSAGE = what, CONSTRAINT = what, HINT = what; END $f$",
                "CREATE VIEW over_function AS SELECT id, ssn_of(id) AS f FROM orders");
    }

    /** Runs statements where only the server sees them. */
    private static void unseen(String... statements) throws SQLException {
        StringBuilder block = new StringBuilder("DO $unseen$ BEGIN ");
        for (String sql : statements) {
            block.append("EXECUTE $text$").append(sql).append("$text$; ");
        }
        server.execute(block.append("END $unseen$").toString());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void load() throws Exception {
        policy = new UnderPolicy(POLICY);
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    private static Connection connect(String... properties) throws SQLException {
        String[] all = java.util.Arrays.copyOf(properties, properties.length + 4);
        all[properties.length] = "user";
        all[properties.length + 1] = server.user();
        all[properties.length + 2] = "password";
        all[properties.length + 3] = server.password();
        return WovenProcess.connect(server.url(), all);
    }

    @Test
    void aColumnIsMaskedUnderTheNameThatAViewGivesIt() throws SQLException {
        try (Connection c = connect()) {
            assertThat(UnderPolicy.row(c, "SELECT called, x FROM renamed"))
                    .first()
                    .isEqualTo("Ann");
            assertThat(UnderPolicy.row(c, "SELECT called, x FROM renamed")).doesNotContain(CLEAR);
            assertThat(UnderPolicy.row(c, "SELECT * FROM renamed").subList(0, 2))
                    .containsExactly("1", "Ann");
            assertThat(UnderPolicy.row(c, "SELECT * FROM renamed")).doesNotContain(CLEAR);
            assertThat(UnderPolicy.row(c, "SELECT a, b, c FROM over_view").get(0))
                    .isEqualTo("Ann");
            assertThat(UnderPolicy.row(c, "SELECT a, b, c FROM over_view")).doesNotContain(CLEAR);
            assertThat(UnderPolicy.row(c, "SELECT name, m FROM kept").get(0)).isEqualTo("Ann");
            assertThat(UnderPolicy.row(c, "SELECT name, m FROM kept")).doesNotContain(CLEAR);
        }
    }

    @Test
    void partitionsAndGeneratedColumnsCarryWhatTheyHold() throws SQLException {
        try (Connection c = connect()) {
            assertThat(UnderPolicy.row(c, "SELECT name, ssn FROM hr.people_2026")
                            .get(0))
                    .isEqualTo("Ann");
            assertThat(UnderPolicy.row(c, "SELECT name, ssn FROM hr.people_2026"))
                    .doesNotContain(CLEAR);
            assertThat(UnderPolicy.row(c, "SELECT tail FROM hr.people")).doesNotContain("6789");
            assertThat(UnderPolicy.row(c, "SELECT p.tail FROM hr.people_2026 p"))
                    .doesNotContain("6789");
        }
    }

    @Test
    void aPartitionThatIsMadeHereLeavesItsTableAsReadableAsBefore() throws SQLException {
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE hr.people_2027 PARTITION OF hr.people FOR VALUES FROM (100) TO (200)");
            s.execute("INSERT INTO hr.people VALUES (101, 'Zoe', '123-45-6789')");
            assertThat(UnderPolicy.row(c, "SELECT id, name FROM hr.people WHERE id = 1"))
                    .containsExactly("1", "Ann");
            assertThat(UnderPolicy.row(c, "SELECT id, name FROM hr.people_2027"))
                    .containsExactly("101", "Zoe");
            assertThat(UnderPolicy.row(c, "SELECT ssn FROM hr.people_2027")).doesNotContain(CLEAR);
            assertThat(UnderPolicy.row(c, "SELECT ssn FROM hr.people")).doesNotContain(CLEAR);
            s.execute("DROP TABLE hr.people_2027");
        }
    }

    @Test
    void aRowThatAFunctionIsAppliedToByADotIsMasked() throws SQLException {
        try (Connection c = connect()) {
            for (String function :
                    List.of("jsonb_agg", "json_agg", "array_agg", "to_json", "quote_literal", "record_out")) {
                assertThat(UnderPolicy.row(c, "SELECT p." + function + " FROM hr.people p GROUP BY p")
                                .toString())
                        .as(function)
                        .doesNotContain(CLEAR);
            }
            assertThat(UnderPolicy.row(c, "SELECT p.id, p.ctid::text FROM hr.people p WHERE id = 1"))
                    .containsExactly("1", "(0,1)");
        }
    }

    @Test
    void whatAFunctionReturnsIsToldFromItsBodyOrHidden() throws SQLException {
        try (Connection c = connect()) {
            assertThat(UnderPolicy.row(c, "SELECT ssn_of(1)")).doesNotContain(CLEAR);
            assertThat(UnderPolicy.row(c, "SELECT hidden(1)")).doesNotContain(CLEAR);
            assertThat(UnderPolicy.row(c, "SELECT f FROM over_function")).doesNotContain(CLEAR);
            assertThat(UnderPolicy.row(c, "SELECT note, twice(id) FROM orders")).containsExactly("hello", "2");
        }
    }

    @Test
    void aNameWithoutASchemaMeansWhatTheSearchPathSays() throws SQLException {
        try (Connection c = connect()) {
            assertThat(UnderPolicy.row(c, "SELECT ssn FROM people")).containsExactly("987-65-4321");
            try (Statement s = c.createStatement()) {
                s.execute("SET search_path = hr");
            }
            assertThat(UnderPolicy.row(c, "SELECT ssn FROM people")).doesNotContain(CLEAR);
        }
        try (Connection c = connect("currentSchema", "hr")) {
            assertThat(UnderPolicy.row(c, "SELECT ssn FROM people")).doesNotContain(CLEAR);
        }
    }

    @Test
    void samplesInTheStatisticsAreMasked() throws SQLException {
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            s.execute("ANALYZE hr.people");
            assertThat(UnderPolicy.row(
                                    c,
                                    "SELECT tablename, most_common_vals::text, histogram_bounds::text FROM pg_stats"
                                            + " WHERE schemaname = 'hr' AND attname = 'ssn' LIMIT 1")
                            .subList(1, 3))
                    .noneMatch(v -> v != null && v.contains("123"));
            assertThat(UnderPolicy.row(c, "SELECT relname FROM pg_class WHERE relname = 'orders'"))
                    .containsExactly("orders");
        }
    }

    @Test
    void aMaskedValueIsNotWrittenBackThroughAView() throws SQLException {
        try (Connection c = connect();
                PreparedStatement p = c.prepareStatement("UPDATE renamed SET called = ?, x = ? WHERE id = 1")) {
            p.setString(1, "Ann");
            p.setString(2, UnderPolicy.row(c, "SELECT x FROM renamed").get(0));
            assertThatThrownBy(p::executeUpdate)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("ssn");
        }
        assertThat(server.query("SELECT count(*) FROM hr.people WHERE ssn = '" + CLEAR + "'"))
                .isEqualTo("1");
    }

    @Test
    void whatIsNotInTheCatalogueMayShowAnythingUntilItIsReadAgain() throws SQLException {
        try (Connection early = connect()) {
            UnderPolicy.row(early, "SELECT 1");
            unseen(
                    "CREATE VIEW late AS SELECT name AS n, ssn AS s FROM hr.people",
                    "CREATE TABLE late_table (id INT, t TEXT)",
                    "INSERT INTO late_table VALUES (1, 'text')");
            assertThat(UnderPolicy.row(early, "SELECT n, s FROM late")).doesNotContain(CLEAR, "Ann");
            assertThat(UnderPolicy.row(early, "SELECT t FROM late_table")).doesNotContain("text");
            try (Statement s = early.createStatement()) {
                s.execute("CREATE TABLE seen (id INT, t TEXT)");
                s.execute("INSERT INTO seen VALUES (1, 'text')");
            }
            assertThat(UnderPolicy.row(early, "SELECT t FROM seen")).containsExactly("text");
            connect().close();
            assertThat(UnderPolicy.row(early, "SELECT n, s FROM late").get(0)).isEqualTo("Ann");
            assertThat(UnderPolicy.row(early, "SELECT n, s FROM late")).doesNotContain(CLEAR);
            assertThat(UnderPolicy.row(early, "SELECT t FROM late_table")).containsExactly("text");
        }
    }

    @Test
    void aTemporaryViewMadeAfterwardsIsFollowed() throws SQLException {
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            s.execute("CREATE TEMPORARY VIEW mine AS SELECT x AS y FROM renamed");
            assertThat(UnderPolicy.row(c, "SELECT y FROM mine")).doesNotContain(CLEAR);
        }
    }

    @Test
    void readingTheCatalogueLeavesNoTraceOnTheConnection() throws SQLException {
        try (Connection c = connect("readOnly", "true", "ApplicationName", "quiet")) {
            assertThat(c.getAutoCommit()).isTrue();
            assertThat(c.isReadOnly()).isTrue();
            assertThat((Object) c.getWarnings()).isNull();
            assertThat(UnderPolicy.row(c, "SHOW lock_timeout")).containsExactly("0");
            assertThat(UnderPolicy.row(c, "SHOW statement_timeout")).containsExactly("0");
            assertThat(UnderPolicy.row(c, "SHOW search_path")).containsExactly("\"$user\", public");
            assertThat(UnderPolicy.row(c, "SELECT count(*) FROM pg_prepared_statements"))
                    .containsExactly("0");
        }
        assertThat(WovenProcess.GATE.statements()).noneMatch(sql -> sql.contains("pg_attribute"));
    }

    @Test
    void aLockOnAViewsTableDelaysNobodyForLongAndClosesTheMasks() throws SQLException {
        try (Connection migration = server.ungoverned()) {
            migration.setAutoCommit(false);
            try (Statement s = migration.createStatement()) {
                s.execute("LOCK TABLE hr.people IN ACCESS EXCLUSIVE MODE");
                s.execute("CREATE TABLE migrated (id INT)");
                try (Connection c = connect()) {
                    assertThat(UnderPolicy.row(c, "SELECT note FROM orders")).containsExactly("hello");
                }
            }
            migration.rollback();
        }
        assertThat(WovenProcess.GATE.alarms)
                .singleElement()
                .satisfies(alarm -> assertThat(alarm).contains("could not be read", "55P03"));
    }

    private static SQLException thrownBy(Connection c, String sql) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(SQLException.class, () -> {
            try (Statement s = c.createStatement()) {
                s.execute(sql);
            }
        });
    }

    @Test
    void anErrorThatStoredCodeRaisesSaysNoMaskedValueUnderAnyState() throws SQLException {
        try (Connection c = connect()) {
            for (String state : new String[] {"08000", "40001", "42703", "23505", "57014"}) {
                SQLException thrown = thrownBy(c, "SELECT raises('" + state + "', ssn) FROM hr.people");

                assertThat(thrown.getSQLState()).isEqualTo(state);
                assertThat(thrown.toString() + fields(thrown))
                        .contains("withheld")
                        .doesNotContain("6789");
            }
            assertThat(thrownBy(c, "UPDATE orders SET note = 'x'").toString()).contains("withheld");
            assertThat(thrownBy(c, "DELETE FROM stock").getMessage()).contains("out of stock");
        }
    }

    @Test
    void mistakesViolationsAndNamesAreTold() throws SQLException {
        try (Connection c = connect()) {
            assertThat(thrownBy(c, "SELECT nowhere FROM hr.people").getMessage())
                    .contains("\"nowhere\" does not exist");
            assertThat(thrownBy(c, "SELECT p.sssn FROM hr.people p").getMessage())
                    .contains("p.ssn");
            assertThat(thrownBy(c, "SELECT ssn FORM hr.people").getMessage()).contains("syntax error at or near");
            assertThat(thrownBy(c, "SELECT ssn + id FROM hr.people").getMessage())
                    .contains("operator does not exist");
            assertThat(thrownBy(c, "SELECT ssn FROM hr.people WHERE id = 'abc'").getMessage())
                    .contains("abc");
            SQLException twice =
                    thrownBy(c, "INSERT INTO hr.people (id, name, ssn) SELECT id, name, ssn FROM hr.people");
            assertThat(twice.getClass().getSimpleName()).isEqualTo("PSQLException");
            assertThat(twice.getSQLState()).isEqualTo("23505");
            assertThat(twice.getMessage()).contains("people_2026_pkey").doesNotContain("Key (id)");
            assertThat(thrownBy(c, "SELECT ssn::date FROM hr.people").toString())
                    .doesNotContain("6789");
            assertThat(thrownBy(c, "SELECT ('z' || ssn)::regtype FROM hr.people")
                            .toString())
                    .doesNotContain("6789");
            assertThat(thrownBy(c, "SELECT query_to_xml('SELECT x' || ssn, true, true, '') FROM hr.people")
                            .toString())
                    .doesNotContain("6789");
            assertThat(thrownBy(c, "INSERT INTO stock VALUES (1, 5)").getMessage())
                    .contains("stock_pkey", "Key (id)=(1)");
        }
    }

    /** What the driver keeps of the server's fields beside the text. */
    private static String fields(SQLException thrown) {
        try {
            Object fields = thrown.getClass().getMethod("getServerErrorMessage").invoke(thrown);
            return fields + " " + fields.getClass().getMethod("getConstraint").invoke(fields)
                    + fields.getClass().getMethod("getHint").invoke(fields);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
