package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.mask.ColumnMask;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQLite's driver, whose classes inherit their code from classes that implement nothing, with its engine in this process. */
class SqliteTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;
    private static final Map<String, ColumnMask> CARD = Map.of("card", WovenProcess.textOnly("****"));
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        GATE.reset();
        connection = WovenProcess.connect("jdbc:sqlite::memory:");
        try (Statement s = connection.createStatement()) {
            s.executeUpdate("CREATE TABLE t (id INTEGER, card TEXT, amount REAL, raw BLOB)");
            s.executeUpdate("INSERT INTO t VALUES (4111, '4111', 4111.5, X'34313131')");
        }
        GATE.reset();
    }

    @AfterEach
    void close() throws SQLException {
        GATE.reset();
        connection.close();
    }

    @Test
    void theConnectIsDecidedOnceAndIsInProcess() throws SQLException {
        WovenProcess.connect("jdbc:sqlite::memory:?foreign_keys=true").close();
        assertThat(GATE.asked).hasSize(1);
        assertThat(GATE.asked.get(0).target().url()).isEqualTo("jdbc:sqlite::memory:");
        assertThat(GATE.asked.get(0).target().inProcess()).isTrue();
    }

    @Test
    void everyExecutionIsDecidedOnce() throws SQLException {
        try (Statement s = connection.createStatement();
                PreparedStatement p = connection.prepareStatement("UPDATE t SET card = ?")) {
            s.execute("UPDATE t SET amount = 1");
            s.executeUpdate("UPDATE t SET amount = 2");
            s.executeLargeUpdate("UPDATE t SET amount = 3");
            s.executeQuery("SELECT id FROM t").close();
            s.addBatch("UPDATE t SET amount = 4");
            s.executeBatch();
            p.setString(1, "x");
            p.executeUpdate();
            p.addBatch();
            p.executeLargeBatch();
        }
        assertThat(GATE.statements())
                .containsExactly(
                        "UPDATE t SET amount = 1",
                        "UPDATE t SET amount = 2",
                        "UPDATE t SET amount = 3",
                        "SELECT id FROM t",
                        "UPDATE t SET amount = 4",
                        "UPDATE t SET card = ?",
                        "UPDATE t SET card = ?");
        assertThat(GATE.last().parameterSets()).containsExactly(List.of("x"));
    }

    @Test
    void aRefusedStatementDoesNotRun() throws SQLException {
        GATE.denySql("DELETE");
        try (Statement s = connection.createStatement();
                PreparedStatement p = connection.prepareStatement("DELETE FROM t")) {
            assertRefused(() -> s.execute("DELETE FROM t"));
            assertRefused(() -> s.executeUpdate("DELETE FROM t"));
            assertRefused(p::executeUpdate);
            assertRefused(p::execute);
            s.addBatch("DELETE FROM t");
            assertRefused(s::executeBatch);
        }
        GATE.reset();
        assertThat(first("SELECT COUNT(*) FROM t")).isEqualTo("1");
    }

    @Test
    void aMaskedColumnShowsItsValueInNoFormOfAnyPublicGetter() throws Exception {
        for (String column : List.of("id", "card", "amount", "raw")) {
            GATE.masksByLabel = Map.of(column, WovenProcess.textOnly("masked"));
            assertThat(readings(column)).as(column).isNotEmpty().noneMatch(r -> r.contains("4111"));
        }
    }

    @Test
    void anUnmaskedColumnBesideAMaskedOneReadsAsBefore() throws Exception {
        List<String> plain = readings("id");
        GATE.masksByLabel = CARD;
        assertThat(readings("id")).isEqualTo(plain).anyMatch(r -> r.contains("4111"));
    }

    @Test
    void aStatementThatHandsOutTheSameResultForEveryQueryMasksEachByItsOwn() throws SQLException {
        try (Statement s = connection.createStatement()) {
            ResultSet clear = s.executeQuery("SELECT id FROM t");
            assertThat(clear.next()).isTrue();
            assertThat(clear.getString(1)).isEqualTo("4111");
            GATE.masksByLabel = CARD;
            ResultSet masked = s.executeQuery("SELECT card FROM t");
            assertThat(masked.next()).isTrue();
            assertThat(masked.getString(1)).isEqualTo("****");
            ResultSet other = s.executeQuery("SELECT amount, card FROM t");
            assertThat(other.next()).isTrue();
            assertThat(other.getDouble(1)).isEqualTo(4111.5);
            assertThat(other.getString(2)).isEqualTo("****");
            assertThat(s.execute("SELECT card FROM t")).isTrue();
            ResultSet later = s.getResultSet();
            assertThat(later.next()).isTrue();
            assertThat(later.getString(1)).isEqualTo("****");
        }
    }

    @Test
    void theMetadataOfAMaskedResultAreTrue() throws SQLException {
        GATE.masksByLabel = CARD;
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("SELECT id, card FROM t")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getMetaData().getColumnName(2)).isEqualTo("card");
            assertThat(rows.getMetaData().getTableName(2)).isEqualTo("t");
            assertThat(rows.getMetaData().getColumnTypeName(2)).isEqualTo("TEXT");
        }
    }

    @Test
    void aStatementRunsWhatItPreparedAndNothingThatWasPutInItsPlace() throws Exception {
        GATE.denySql("DELETE");
        try (PreparedStatement good = connection.prepareStatement("UPDATE t SET amount = amount WHERE id = 77");
                PreparedStatement bad = connection.prepareStatement("DELETE FROM t")) {
            java.lang.reflect.Field pointer = good.getClass().getField("pointer");
            Object own = pointer.get(good);
            pointer.set(good, pointer.get(bad));
            assertRefused(good::execute);
            assertRefused(good::executeUpdate);
            good.addBatch();
            assertRefused(good::executeBatch);
            assertThat(GATE.checks).contains("driver-internals");
            pointer.set(good, own);
            assertThat(good.executeUpdate()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"database", "databaseOfStatement", "construct", "open"})
    void theEngineIsTheDriversOwn(String way) {
        assertRefused(() -> call(way, Connection.class, connection));
        assertThat(GATE.checks).contains("driver-internals");
    }

    @Test
    void theEngineIsNotHandedOutByReflectionEither() throws Exception {
        Method database = connection.getClass().getMethod("getDatabase");
        assertThatThrownBy(() -> database.invoke(connection))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(SQLException.class);
    }

    @Test
    void aStatementsPointerRunsNoCodeOfTheApplication() throws Exception {
        GATE.masksByLabel = CARD;
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("SELECT card FROM t")) {
            assertThat(rows.next()).isTrue();
            assertRefused(() -> call("column", ResultSet.class, rows));
        }
    }

    @Test
    void anImageOfTheDatabaseIsDecidedAndRefusedWhereItWouldHoldMaskedColumns() throws Exception {
        assertThat((byte[]) call("serialize", Connection.class, connection)).isNotEmpty();
        GATE.masksByLabel = CARD;
        assertRefused(() -> call("serialize", Connection.class, connection));
        GATE.reset();
        GATE.denySql("DROP");
        assertRefused(() -> call("deserialize", Connection.class, connection));
    }

    @ParameterizedTest
    @ValueSource(strings = {"function", "collation"})
    void codeOfTheApplicationSeesStoredValuesOnlyWhereThePolicySaysSo(String kind) throws Exception {
        assertRefused(() -> call(kind, Connection.class, connection));
        GATE.allowedSettings = Set.of("sqlite:Function", "sqlite:Collation");
        call(kind, Connection.class, connection);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataSource", "poolDataSource"})
    void dataSourcesAreGoverned(String kind) throws Exception {
        GATE.denySql("DROP");
        try (Connection c = (Connection) call(kind, String.class, "jdbc:sqlite::memory:");
                Statement s = c.createStatement()) {
            assertThat(GATE.asked).hasSize(1);
            s.execute("CREATE TABLE x (i INT)");
            assertRefused(() -> s.execute("DROP TABLE x"));
        }
    }

    @Test
    void sideDoorsAreRefusedInEverySpelling() {
        assertRefused(() -> WovenProcess.connect("jdbc:sqlite::memory:?enable_load_extension=true"));
        assertRefused(() -> WovenProcess.connect("jdbc:sqlite::memory:", "enable_load_extension", "true"));
        assertRefused(() -> call("loadingExtensions", String.class, "jdbc:sqlite::memory:"));
        assertRefused(() -> WovenProcess.connect("jdbc:sqlite::resource:http://127.0.0.1:1/x.db"));
        assertThat(GATE.checks).containsOnly("side-door").hasSize(4);
        assertThat(GATE.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backup to 'target/never.db'",
                "restore from 'target/never.db'",
                "ATTACH DATABASE 'target/never.db' AS other",
                "VACUUM INTO 'target/never.db'",
                "SELECT load_extension('x')"
            })
    void whatReachesFilesIsKnownAsSuch(String sql) throws SQLException {
        GATE.denies = c -> c instanceof io.sallyport.core.command.SqlCommand;
        try (Statement s = connection.createStatement()) {
            assertRefused(() -> s.executeUpdate(sql));
        }
        assertThat(GATE.last().analysis().facts())
                .satisfies(f -> assertThat(f.fileOrOsAccess() || f.opaque()).isTrue());
    }

    @Test
    void generatedKeysTransactionsAndHousekeepingWorkUnrefused() throws SQLException {
        GATE.denies = c -> c instanceof io.sallyport.core.command.SqlCommand s
                && !s.analysis().sql().startsWith("INSERT");
        connection.setAutoCommit(false);
        try (Statement s = connection.createStatement()) {
            s.executeUpdate("INSERT INTO t VALUES (5, 'x', 1, NULL)");
            try (ResultSet keys = s.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getInt(1)).isEqualTo(2);
            }
        }
        connection.setSavepoint("p");
        connection.commit();
        connection.setAutoCommit(true);
        assertThat(connection.isValid(1)).isTrue();
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "%", null)) {
            assertThat(tables.next()).isTrue();
        }
    }

    private interface Call {
        Object run() throws Exception;
    }

    private static void assertRefused(Call call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("Refused by Sallyport")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42501");
    }

    private static Object call(String method, Class<?> type, Object argument) throws Exception {
        try {
            return WovenProcess.APPLICATION
                    .loadClass("io.sallyport.jdbc.sample.SqliteCalls")
                    .getMethod(method, type)
                    .invoke(null, argument);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private String first(String sql) throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private List<String> readings(String column) throws Exception {
        List<String> shown = new ArrayList<>();
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("SELECT id, card, amount, raw FROM t")) {
            assertThat(rows.next()).isTrue();
            for (Method getter : Readings.columnGetters(rows.getClass())) {
                if (getter.getName().startsWith("getColumn") || getter.getName().startsWith("getTable")) {
                    continue;
                }
                Object which = getter.getParameterTypes()[0] == int.class
                        ? (Object) (List.of("id", "card", "amount", "raw").indexOf(column) + 1)
                        : column;
                for (Object[] rest : Readings.restOf(getter)) {
                    shown.add(getter + " " + Readings.outcome(rows, getter, which, rest));
                }
            }
        }
        return shown;
    }

    @Test
    void aResultStaysMaskedWhateverTheStatementIsAskedForAfterIt() throws SQLException {
        EarlierResults.assertStayMasked(connection, "SELECT card FROM t", "card", "4111");
        EarlierResults.assertNextIsItsOwn(connection, "SELECT card FROM t", "card", "SELECT card FROM t", "4111");
    }
}
