package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ways by which PostgreSQL itself carries a masked value on: to relatives of a table, out of functions, rules, settings and bounds. */
class PostgresqlCopiesTest {

    private static final String CLEAR = "zq-canary";

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            mask:
              - name: email
                columns: [people.email]
                with: redact
            """;

    @RegisterExtension
    static final WovenPostgres SERVER = WovenPostgres.with(
            "CREATE TABLE people (id INT PRIMARY KEY, name TEXT, email TEXT)",
            "INSERT INTO people VALUES (1, 'Ann', 'zq-canary')",
            "CREATE TABLE plain (id INT, v TEXT)",
            "CREATE TABLE part (id INT, e TEXT) PARTITION BY LIST (id)",
            "CREATE TABLE part_1 PARTITION OF part DEFAULT",
            "CREATE TABLE base (id INT, e TEXT)",
            "CREATE TABLE derived () INHERITS (base)",
            "CREATE FUNCTION address() RETURNS TEXT IMMUTABLE LANGUAGE sql AS 'SELECT email FROM public.people LIMIT 1'",
            "CREATE FUNCTION all_people() RETURNS SETOF people LANGUAGE sql AS 'SELECT * FROM public.people'",
            "CREATE FUNCTION twice(i INT) RETURNS INT LANGUAGE sql AS 'SELECT i * 2'");

    private UnderPolicy policy;

    @BeforeEach
    void load() throws Exception {
        policy = new UnderPolicy(POLICY);
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    private static String read(Connection c, String sql) throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    all.append(rows.getString(i)).append('|');
                }
            }
        }
        return all.toString();
    }

    private static void send(Connection c, String... statements) throws SQLException {
        try (Statement s = c.createStatement()) {
            for (String sql : statements) {
                s.execute(sql);
            }
        }
    }

    @Test
    void whatIsWrittenIntoAParentIsMaskedInItsChildAndTheReverse() throws SQLException {
        try (Connection c = SERVER.connect()) {
            send(
                    c,
                    "INSERT INTO part (id, e) SELECT id, email FROM people",
                    "INSERT INTO derived (id, e) SELECT id, email FROM people");
            assertThat(read(c, "SELECT id, e FROM part_1")).startsWith("1|").doesNotContain(CLEAR);
            assertThat(read(c, "SELECT id, e FROM base")).startsWith("1|").doesNotContain(CLEAR);
        }
        try (Connection c = SERVER.connect()) {
            assertThat(read(c, "SELECT * FROM part_1")).doesNotContain(CLEAR);
            assertThat(read(c, "SELECT * FROM base")).doesNotContain(CLEAR);
        }
    }

    @Test
    void soItIsWhereTheyBecomeRelativesUnderTheAgent() throws SQLException {
        try (Connection c = SERVER.connect()) {
            send(
                    c,
                    "CREATE TABLE made (id INT, e TEXT) PARTITION BY LIST (id)",
                    "CREATE TABLE made_1 PARTITION OF made DEFAULT",
                    "CREATE TABLE other (id INT, e TEXT)",
                    "CREATE TABLE other_1 (id INT, e TEXT)",
                    "ALTER TABLE other_1 INHERIT other",
                    "ALTER TABLE other_1 RENAME TO other_2",
                    "INSERT INTO made (id, e) SELECT id, email FROM people",
                    "INSERT INTO other_2 (id, e) SELECT id, email FROM people");
            assertThat(read(c, "SELECT id, e FROM made_1")).startsWith("1|").doesNotContain(CLEAR);
            assertThat(read(c, "SELECT id, e FROM other")).startsWith("1|").doesNotContain(CLEAR);
        }
    }

    @Test
    void aGeneratedColumnFollowsWhatItsSourceComesToHold() throws SQLException {
        try (Connection c = SERVER.connect()) {
            send(
                    c,
                    "CREATE TABLE made_of (id INT, v TEXT)",
                    "ALTER TABLE made_of ADD COLUMN g TEXT GENERATED ALWAYS AS (upper(v)) STORED",
                    "INSERT INTO made_of (id, v) SELECT id, email FROM people");
            assertThat(read(c, "SELECT id, g FROM made_of")).startsWith("1|").doesNotContainIgnoringCase(CLEAR);
        }
    }

    @Test
    void aCopyOfWhatAFunctionReturnsIsMasked() throws SQLException {
        try (Connection c = SERVER.connect()) {
            send(
                    c,
                    "CREATE TABLE kept AS SELECT address() AS z",
                    "SELECT address() AS z INTO kept_too",
                    "CREATE MATERIALIZED VIEW seen AS SELECT id, email AS z FROM all_people()",
                    "CREATE VIEW shown AS SELECT address() AS z",
                    "INSERT INTO plain VALUES (7, address())",
                    "CREATE TABLE doubled AS SELECT twice(id) AS n FROM people");
            for (String table : new String[] {"kept", "kept_too", "seen", "shown"}) {
                assertThat(read(c, "SELECT z FROM " + table))
                        .as(table)
                        .isNotEmpty()
                        .doesNotContain(CLEAR);
            }
            assertThat(read(c, "SELECT id, v FROM plain")).startsWith("7|").doesNotContain(CLEAR);
            assertThat(read(c, "SELECT n FROM doubled")).isEqualTo("2|");
        }
    }

    @Test
    void aRuleOnSelectShowsWhatItReads() throws SQLException {
        try (Connection c = SERVER.connect()) {
            send(
                    c,
                    "CREATE VIEW ruled AS SELECT CAST('none' AS TEXT) AS a",
                    "CREATE OR REPLACE RULE \"_RETURN\" AS ON SELECT TO ruled DO INSTEAD SELECT email AS a FROM people");
            assertThat(read(c, "SELECT a FROM ruled")).isNotEmpty().doesNotContain(CLEAR);
        }
    }

    @Test
    void aBoundIsNotCalculatedFromAMaskedValue() throws SQLException {
        try (Connection c = SERVER.connect()) {
            send(c, "CREATE TABLE bound (a TEXT) PARTITION BY LIST (a)");
            assertThatThrownBy(() -> send(c, "CREATE TABLE bound_1 PARTITION OF bound FOR VALUES IN (address())"))
                    .hasMessageContaining("masked column");
            send(c, "CREATE TABLE bound_2 PARTITION OF bound FOR VALUES IN ('x')");
        }
    }

    @Test
    void aSettingThatTheDriverIsToldTakesNoMaskedValue() throws SQLException {
        try (Connection c = SERVER.connect()) {
            for (String sql : new String[] {
                "SELECT set_config('application_name', email, false) FROM people",
                "SELECT set_config('application' || '_name', email, false) FROM people",
                "UPDATE pg_settings SET setting = (SELECT email FROM people) WHERE name = 'application_name'"
            }) {
                assertThatThrownBy(() -> send(c, sql)).as(sql).hasMessageContaining("masked column");
            }
            assertThat(read(
                            c,
                            "SELECT set_config('my.own', email, false), current_setting('my.own', true) FROM people"))
                    .doesNotContain(CLEAR);
            assertThat(c.getClientInfo("ApplicationName")).doesNotContain(CLEAR);
        }
    }

    @Test
    void textsOfStatementsAreMaskedWhereAnythingIs() throws SQLException {
        try (Connection c = SERVER.connect();
                Connection other = SERVER.connect()) {
            assertThat(read(other, "SELECT 'zq-canary' AS told")).contains(CLEAR);
            assertThat(read(c, "SELECT query FROM pg_stat_activity")).doesNotContain(CLEAR);
            assertThat(read(c, "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"))
                    .isEqualTo("1|");
        }
    }

    @Test
    void whatABlockPutsIntoASettingIsMaskedAndWhatItMakesOfItIsRefused() throws SQLException {
        try (Connection c = SERVER.connect()) {
            send(
                    c,
                    "DO $$ DECLARE x text; BEGIN SELECT email INTO x FROM people LIMIT 1;"
                            + " PERFORM set_config('my.x', x, false); END $$");
            assertThat(read(c, "SELECT current_setting('my.x')")).doesNotContain(CLEAR);
            assertThat(read(c, "SHOW my.x")).doesNotContain(CLEAR);
            assertThatThrownBy(() -> send(
                            c,
                            "DO $$ BEGIN EXECUTE format('COMMENT ON TABLE plain IS %L',"
                                    + " (SELECT email FROM people LIMIT 1)); END $$"))
                    .hasMessageContaining("Refused by Sallyport");
            send(c, "DO $$ BEGIN EXECUTE 'COMMENT ON TABLE plain IS ''plain'''; END $$");
            assertThat(read(c, "SELECT obj_description('plain'::regclass)")).isEqualTo("plain|");
        }
    }
}
