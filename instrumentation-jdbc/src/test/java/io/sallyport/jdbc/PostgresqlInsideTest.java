package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.concurrent.Callable;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pgjdbc sends inside an admitted call is that call's text, and what the server keeps under the driver's names is the driver's. */
class PostgresqlInsideTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;
    private static final String SECRET = "078-05-1120";
    private static final String HARMLESS = "SELECT name FROM plain WHERE id = 1";
    private static final String POLICY = "version: 1\ndefault: {jdbc: allow, opaque: allow}\n"
            + "mask:\n  - {name: secrets, columns: [people.ssn]}\n"
            + "guard:\n  - {name: no-drop, when: {kind: [drop]}, then: deny}\n";

    @RegisterExtension
    static final WovenPostgres SERVER = WovenPostgres.with(
            "CREATE TABLE people (id INT PRIMARY KEY, ssn TEXT)",
            "INSERT INTO people VALUES (1, '" + SECRET + "'), (2, '" + SECRET + "')",
            "CREATE TABLE plain (id INT PRIMARY KEY, name TEXT)",
            "INSERT INTO plain VALUES (1, 'one'), (2, 'two')",
            "CREATE FUNCTION plus_one(n INT) RETURNS INT LANGUAGE sql AS 'SELECT n + 1'");

    private static Object executor(Connection c) throws ReflectiveOperationException {
        return c.getClass().getMethod("getQueryExecutor").invoke(c);
    }

    private static Class<?> driver(String name) throws ReflectiveOperationException {
        return WovenProcess.APPLICATION.loadClass("org.postgresql.core." + name);
    }

    private static Object query(Object executor, String sql) throws ReflectiveOperationException {
        return driver("QueryExecutor")
                .getMethod("createSimpleQuery", String.class)
                .invoke(executor, sql);
    }

    /** Has the driver keep {@code evil} as what {@code harmless} was parsed to. */
    private static void poison(Connection c, String harmless, String evil) throws ReflectiveOperationException {
        Object executor = executor(c);
        Class<?> cached = driver("CachedQuery");
        Object kept = cached.getConstructor(Object.class, driver("Query"), boolean.class)
                .newInstance(harmless, query(executor, evil), false);
        driver("QueryExecutor").getMethod("releaseQuery", cached).invoke(executor, kept);
    }

    private static String first(PreparedStatement p) throws SQLException {
        try (ResultSet rows = p.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    // --- prepared queries -------------------------------------------------------------------------------------------

    @Test
    void aQueryThatWasPutInThePlaceOfAnotherFallsUnderItsOwnMasks() throws Exception {
        try (UnderPolicy policy = new UnderPolicy(POLICY);
                Connection c = SERVER.connect()) {
            poison(c, HARMLESS, "SELECT ssn FROM people");
            try (PreparedStatement p = c.prepareStatement(HARMLESS)) {
                assertThat(first(p)).isEqualTo("***");
            }
        }
    }

    @Test
    void aQueryThatWasPutInThePlaceOfAnotherIsDecided() throws Exception {
        try (UnderPolicy policy = new UnderPolicy(POLICY);
                Connection c = SERVER.connect()) {
            poison(c, HARMLESS, "DROP TABLE plain");
            try (PreparedStatement p = c.prepareStatement(HARMLESS)) {
                assertThatThrownBy(p::execute).hasMessageContaining("no-drop");
            }
        }
        assertThat(SERVER.server().query("SELECT count(*) FROM plain")).isEqualTo("2");
    }

    @Test
    void theSameEffectOnOtherRowsIsAnotherText() throws Exception {
        String one = "DELETE FROM plain WHERE id = 100";
        try (Connection c = SERVER.connect()) {
            poison(c, one, "DELETE FROM plain WHERE id < 100");
            GATE.denySql("id < 100");
            try (PreparedStatement p = c.prepareStatement(one)) {
                assertThatThrownBy(p::executeUpdate).hasMessageContaining("Refused by Sallyport");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "preferQueryMode=extendedForPrepared", "reWriteBatchedInserts=true", "autosave=always"})
    void theDriversOwnTranslationsAreDecidedOnce(String setting) throws Exception {
        String[] settings = setting.isEmpty() ? new String[0] : setting.split("=");
        try (Connection c = SERVER.connect(settings);
                Statement s = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            c.setAutoCommit(false);
            try (PreparedStatement p = c.prepareStatement(
                    " SELECT {fn lcase(name)}, '?', {d '2026-01-31'} FROM plain WHERE id = ? AND name LIKE ? ; ")) {
                p.setInt(1, 1);
                p.setString(2, "o%");
                assertThat(first(p)).isEqualTo("one");
                assertThat(first(p)).isEqualTo("one");
            }
            try (CallableStatement call = c.prepareCall("{? = call plus_one(?)}")) {
                call.registerOutParameter(1, Types.INTEGER);
                call.setInt(2, 4);
                call.execute();
                assertThat(call.getInt(1)).isEqualTo(5);
            }
            try (PreparedStatement p = c.prepareStatement(
                    "INSERT INTO plain (id, name) VALUES (?, upper(?))", Statement.RETURN_GENERATED_KEYS)) {
                for (int i = 10; i < 27; i++) {
                    p.setInt(1, i);
                    p.setString(2, "x");
                    p.addBatch();
                }
                p.executeBatch();
            }
            try (PreparedStatement p = c.prepareStatement("INSERT INTO plain (id, name) VALUES (?, upper(?))")) {
                for (int i = 30; i < 47; i++) {
                    p.setInt(1, i);
                    p.setString(2, "x");
                    p.addBatch();
                }
                p.executeBatch();
            }
            for (int i = 50; i < 70; i++) {
                s.addBatch("INSERT INTO plain (id, name) VALUES (" + i + ", {fn ucase('y')})");
            }
            s.executeBatch();
            s.execute("SELECT 1; SELECT {fn ucase('a')}");
            try (PreparedStatement p = c.prepareStatement("SELECT ?; SELECT ?")) {
                p.setInt(1, 1);
                p.setInt(2, 2);
                p.execute();
            }
            try (PreparedStatement p =
                    c.prepareStatement("SELECT name FROM plain WHERE id = ANY (?) AND name ??| ? IS NULL")) {
                p.setArray(1, c.createArrayOf("int4", new Object[] {1}));
                p.setArray(2, c.createArrayOf("text", new Object[] {"a"}));
                catchThrowable(p::executeQuery);
            }
            c.rollback();
            try (ResultSet rows = s.executeQuery("SELECT id, name FROM plain WHERE id = 2")) {
                rows.next();
                rows.updateString("name", "zwei");
                rows.updateRow();
                assertThat(rows.getMetaData().getTableName(1)).isNotNull();
            }
            c.rollback();
        }
        assertThat(GATE.nested).isEmpty();
    }

    // --- code that the driver calls back ----------------------------------------------------------------------------

    /** Runs {@code body} in a log handler inside {@code setAutoCommit}. */
    private static Throwable inside(Connection c, Callable<?> body) throws SQLException {
        Logger logger = Logger.getLogger("org.postgresql.jdbc.PgConnection");
        Throwable[] thrown = new Throwable[1];
        boolean[] ran = new boolean[1];
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (!ran[0]) {
                    ran[0] = true;
                    thrown[0] = catchThrowable(body::call);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        boolean parents = logger.getUseParentHandlers();
        Level level = logger.getLevel();
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.FINE);
        logger.addHandler(handler);
        try {
            c.setAutoCommit(false);
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(level);
            logger.setUseParentHandlers(parents);
        }
        assertThat(ran[0]).isTrue();
        return thrown[0];
    }

    @Test
    void aLookIntoTheCatalogueByCodeThatTheDriverCallsBackIsDecided() throws SQLException {
        String sql = "SELECT histogram_bounds::text FROM pg_catalog.pg_stats";
        try (Connection c = SERVER.connect();
                Statement s = c.createStatement()) {
            GATE.denySql(sql);
            assertThat(inside(c, () -> s.executeQuery(sql))).hasMessageContaining("Refused by Sallyport");
        }
    }

    @Test
    void theExecutorSendsNothingElseInsideACallOfTheConnection() throws Exception {
        try (UnderPolicy policy = new UnderPolicy(POLICY);
                Connection c = SERVER.connect()) {
            Object executor = executor(c);
            Class<?>[] types = {
                driver("Query"), driver("ParameterList"), driver("ResultHandler"), int.class, int.class, int.class
            };
            for (String sql : new String[] {"SELECT ssn FROM people", "DROP TABLE plain"}) {
                Object query = query(executor, sql);
                Throwable refused = inside(
                        c,
                        () -> executor.getClass()
                                .getMethod("execute", types)
                                .invoke(executor, query, null, null, 0, 0, 1 << 10));
                assertThat(refused).isInstanceOf(InvocationTargetException.class);
                assertThat(refused.getCause()).hasMessageContaining("Refused by Sallyport");
                c.setAutoCommit(true);
            }
        }
    }

    // --- names on the server ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PREPARE \"S_1\"(int) AS SELECT ssn FROM people WHERE id = $1",
                "deallocate \"S_1\"; prepare/**/\"S_1\"(int) as select ssn from people where id = $1",
                "PREPARE U&\"\\0053_1\"(int) AS SELECT ssn FROM people WHERE id = $1",
                "DECLARE \"C_1\" CURSOR FOR SELECT ssn FROM people",
                "DO $$ DECLARE c refcursor := 'C_1'; BEGIN OPEN c FOR SELECT ssn FROM people; END $$",
                "DO $$ DECLARE \"C_1\" CURSOR FOR SELECT ssn FROM people; BEGIN OPEN \"C_1\"; END $$"
            })
    void nothingIsMadeUnderANameOfTheDrivers(String sql) throws Exception {
        try (UnderPolicy policy = new UnderPolicy(POLICY);
                Connection c = SERVER.connect();
                Statement s = c.createStatement()) {
            assertThatThrownBy(() -> s.execute(sql)).hasMessageContaining("driver-names");
        }
    }

    @Test
    void aPreparedStatementThatTheServerKeepsReturnsWhatItWasJudgedBy() throws Exception {
        try (UnderPolicy policy = new UnderPolicy(POLICY);
                Connection c = SERVER.connect("prepareThreshold", "1");
                PreparedStatement p = c.prepareStatement("SELECT name FROM plain WHERE id = ?")) {
            p.setInt(1, 1);
            first(p);
            first(p);
            try (Statement s = c.createStatement()) {
                s.execute("DEALLOCATE \"S_1\"");
                catchThrowable(() -> s.execute("PREPARE \"S_1\"(int) AS SELECT ssn FROM people WHERE id = $1"));
            }
            assertThat(first(p)).isEqualTo("one");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PREPARE s_1 AS SELECT name FROM plain",
                "PREPARE \"S_x\" AS SELECT name FROM plain",
                "SELECT name FROM plain WHERE name IN ('S_1', 'C_1')",
                "SELECT 1 AS \"C_1\"",
                "INSERT INTO plain VALUES (77, 'prepare \"S_1\"')"
            })
    void otherNamesAreFree(String sql) throws SQLException {
        try (Connection c = SERVER.connect();
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.execute(sql);
            s.execute("DECLARE c_1 CURSOR FOR SELECT name FROM plain");
            c.rollback();
        }
        assertThat(GATE.checks).isEmpty();
    }
}
