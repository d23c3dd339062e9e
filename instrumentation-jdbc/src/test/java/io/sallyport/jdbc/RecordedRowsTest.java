package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.record.Event;
import io.sallyport.testing.MariaDb;
import io.sallyport.testing.TlsPostgres;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** At level {@code full} a statement's result says what the application read, as it saw it, and never what a mask hides from anybody. */
class RecordedRowsTest {

    private static final String CANARY = "canary-7731";

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            mask:
              - name: names
                columns: [readers.nickname, readers.raw]
                with: {keepLast: 2}%s
            record: {level: %s}
            """;

    enum Server {
        H2,
        SQLITE,
        POSTGRESQL,
        MYSQL,
        MARIADB;

        Connection connect() throws SQLException {
            return switch (this) {
                case H2 -> WovenProcess.connect("jdbc:h2:mem:rows");
                case SQLITE -> WovenProcess.connect("jdbc:sqlite::memory:");
                case POSTGRESQL ->
                    WovenProcess.connect(postgres.url(), "user", postgres.user(), "password", postgres.password());
                case MYSQL -> MysqlDriver.MYSQL_26.connect(mariadb);
                case MARIADB -> MysqlDriver.MARIADB_4.connect(mariadb);
            };
        }
    }

    @TempDir
    static Path directory;

    @AutoClose
    private static TlsPostgres postgres;

    @AutoClose
    private static MariaDb mariadb;

    private UnderPolicy policy;

    @BeforeAll
    static void start() throws Exception {
        postgres = TlsPostgres.start(directory.resolve("postgres"));
        mariadb = MariaDb.startWithTls(directory.resolve("mariadb"));
    }

    @BeforeEach
    void load() throws Exception {
        policy = new UnderPolicy(POLICY.formatted("", "full"));
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    private Connection filled(Server server) throws SQLException {
        Connection c = server.connect();
        try (Statement s = c.createStatement()) {
            s.execute("DROP TABLE IF EXISTS readers");
            s.execute("CREATE TABLE readers (id INT PRIMARY KEY, title VARCHAR(40), nickname VARCHAR(40), raw "
                    + (server == Server.POSTGRESQL ? "BYTEA" : "VARBINARY(40)") + ")");
            for (int i = 1; i <= 3; i++) {
                try (PreparedStatement p = c.prepareStatement("INSERT INTO readers VALUES (?, ?, ?, ?)")) {
                    p.setInt(1, i);
                    p.setString(2, "Dr. O'Hara " + i);
                    p.setString(3, CANARY);
                    p.setBytes(4, CANARY.getBytes(StandardCharsets.US_ASCII));
                    p.executeUpdate();
                }
            }
        }
        policy.events.clear();
        return c;
    }

    private List<Event> results() {
        return policy.events.stream().filter(e -> e.type() == Event.Type.RESULT).toList();
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aResultSaysOnceWhatWasReadAsTheCallerSawIt(Server server) throws SQLException {
        try (Connection c = filled(server)) {
            try (PreparedStatement p =
                            c.prepareStatement("SELECT id, title, nickname FROM readers WHERE id < ? ORDER BY id");
                    ResultSet rows = read(p)) {
                while (rows.next()) {
                    rows.getInt(1);
                    rows.getString("title");
                    assertThat(rows.getString(3)).endsWith("31").doesNotContain("canary");
                    rows.getString("nickname");
                    rows.wasNull();
                }
            }
            assertThat(results()).singleElement().satisfies(e -> {
                assertThat(e.rows()).isEqualTo(2);
                assertThat(e.cells()).isEqualTo(Map.of("names", 2L));
                assertThat(e.bytes()).isEqualTo(2 * (4 + 12 + CANARY.length()));
                assertThat(e.micros()).isNotNegative();
                assertThat(e.masked()).containsExactly("names");
                assertThat(e.sample().lines())
                        .hasSize(2)
                        .first()
                        .matches(line -> line.toLowerCase(java.util.Locale.ROOT)
                                .matches("id=1, title='dr\\. o''hara 1', nickname='[^'c]*31'"));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void whatExecuteAndBatchesChangedStandsInTheResultAndTheApplicationIsToldTheSame(Server server) throws Exception {
        policy.change(POLICY.formatted("", "statements"));
        try (Connection c = filled(server);
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement("UPDATE readers SET title = 'x' WHERE id < ?")) {
            assertThat(s.execute("UPDATE readers SET title = 'a' WHERE id < 3")).isFalse();
            assertThat(s.getUpdateCount()).isEqualTo(2);
            p.setInt(1, 4);
            assertThat(p.execute()).isFalse();
            assertThat(p.getUpdateCount()).isEqualTo(3);
            assertThat(changed()).containsExactly(2L, 3L);
            for (int below : new int[] {2, 3, 4}) {
                p.setInt(1, below);
                p.addBatch();
            }
            assertThat(p.executeBatch()).containsExactly(1, 2, 3);
            assertThat(changed()).containsExactly(6L);
            s.addBatch("UPDATE readers SET title = 'b' WHERE id = 1");
            s.addBatch("DELETE FROM readers WHERE id = 2");
            s.addBatch("UPDATE readers SET title = 'b' WHERE id = 1");
            s.addBatch("DELETE FROM readers WHERE id > 0");
            assertThat(s.executeBatch()).containsExactly(1, 1, 1, 2);
            // One result for each text.
            assertThat(changed()).containsExactly(2L, 1L, 2L);
        }
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aStatementThatChangesNoRowsIsNotSaidToHaveChangedThoseOfTheOneBefore(Server server) throws Exception {
        policy.change(POLICY.formatted("", "statements"));
        try (Connection c = filled(server);
                Statement s = c.createStatement()) {
            s.execute("DROP TABLE IF EXISTS shelf");
            s.execute("UPDATE readers SET title = 'a' WHERE id < 4");
            policy.events.clear();
            s.execute("CREATE TABLE shelf (id INT)");
            try (PreparedStatement p = c.prepareStatement("DROP TABLE shelf")) {
                p.executeUpdate();
            }
            if (server == Server.SQLITE) {
                s.execute("PRAGMA user_version = 3");
                s.addBatch("CREATE TABLE shelf (id INT)");
                s.executeBatch();
            }
            assertThat(changed()).hasSizeGreaterThan(1).containsOnly(0L);
            s.execute("DELETE FROM readers WHERE id < 3");
            assertThat(changed()).containsExactly(2L);
        }
    }

    /** Rows of the results since the last time. */
    private List<Long> changed() {
        List<Long> rows = results().stream().map(Event::rows).toList();
        policy.events.clear();
        return rows;
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aResultThatIsNeitherReadToItsEndNorClosedIsWrittenDownWhenItCanNoLongerBeRead(Server server) throws Exception {
        try (Connection c = filled(server)) {
            PreparedStatement p = c.prepareStatement("SELECT id FROM readers ORDER BY id");
            p.executeQuery().next();
            assertThat(results()).isEmpty();
            p.executeQuery().next();
            assertThat(results())
                    .singleElement()
                    .satisfies(e -> assertThat(e.rows()).isEqualTo(1));
        }
        assertThat(results()).hasSize(2);
    }

    /** Nothing of a driver's is held for it: what was read is kept beside the connection, until that is closed. */
    @Test
    void aStatementThatIsNeverClosedAndCollectedHasAResultWhenItsConnectionIsClosed() throws Exception {
        try (Connection c = filled(Server.H2)) {
            WeakReference<Statement> left = leave(c);
            while (left.get() != null) {
                System.gc();
            }
            assertThat(results()).isEmpty();
        }
        assertThat(results()).singleElement().satisfies(e -> {
            assertThat(e.rows()).isEqualTo(2);
            assertThat(e.sample()).isEqualTo("ID=1\nID=2");
        });
    }

    private static WeakReference<Statement> leave(Connection c) throws SQLException {
        Statement left = c.createStatement();
        ResultSet rows = left.executeQuery("SELECT id FROM readers ORDER BY id");
        for (int i = 0; i < 2; i++) {
            rows.next();
            rows.getInt(1);
        }
        return new WeakReference<>(left);
    }

    private static ResultSet read(PreparedStatement p) throws SQLException {
        p.setInt(1, 3);
        return p.executeQuery();
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aColumnThatIsNamedByItsExpressionBringsNoLiteralIntoASample(Server server) throws SQLException {
        try (Connection c = filled(server)) {
            for (String expression : List.of(
                    "title = 'hidden7731'",
                    "id = 7731",
                    "'hidden7731'",
                    "CASE WHEN title = 'hidden7731' THEN 1 END",
                    "concat(title, 'hidden7731')")) {
                policy.events.clear();
                assertThat(UnderPolicy.row(c, "SELECT " + expression + " FROM readers WHERE id = 1"))
                        .hasSize(1);
                assertThat(results())
                        .singleElement()
                        .satisfies(e -> assertThat(
                                        e.sample().substring(0, e.sample().indexOf('=')))
                                .doesNotContain("7731")
                                .matches("column 1|\\?column\\?|case|concat"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aColumnKeepsItsNameInASample(Server server) throws SQLException {
        try (Connection c = filled(server)) {
            for (String sql : List.of(
                    "SELECT id FROM readers WHERE id = 1",
                    "SELECT * FROM readers WHERE id = 1",
                    "SELECT 1 AS id",
                    "SELECT id, id + 1 FROM readers WHERE id = 1")) {
                policy.events.clear();
                UnderPolicy.row(c, sql);
                assertThat(results())
                        .singleElement()
                        .satisfies(e -> assertThat(e.sample()).matches("(?is)id='?1.*"));
            }
            policy.events.clear();
            UnderPolicy.row(c, "SELECT count(*) FROM readers");
            assertThat(results())
                    .singleElement()
                    .satisfies(e -> assertThat(e.sample()).matches("(?i)count(\\(\\*\\))?='3'"));
        }
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void noGetterOfADriverBringsAMaskedValueIntoASample(Server server) throws Exception {
        try (Connection c = filled(server);
                PreparedStatement p = c.prepareStatement("SELECT id, nickname, raw FROM readers WHERE id = 1")) {
            for (String unless :
                    List.of("", "\n    mode: observe", "\n    unless: {callSite: [\"io.sallyport.**\"]}")) {
                policy.change(POLICY.formatted(unless, "full"));
                int shown = 0;
                int sampled = 0;
                for (Method getter : getters(p)) {
                    for (int column = 2; column <= 3; column++) {
                        policy.events.clear();
                        try (ResultSet row = p.executeQuery()) {
                            row.next();
                            Object seen = invoked(getter, row, column);
                            shown += seen instanceof String text && text.contains(CANARY) ? 1 : 0;
                        }
                        // What was read is written down when the statement is executed again.
                        p.executeQuery().close();
                        for (Event e : policy.events) {
                            assertThat(e.toString()).as(getter + unless).doesNotContain("canary");
                            sampled += e.sample() == null ? 0 : 1;
                        }
                    }
                }
                assertThat(sampled).as("samples" + unless).isGreaterThan(15);
                assertThat(shown > 2).as("what the caller saw" + unless).isEqualTo(!unless.isEmpty());
            }
        }
    }

    /** Every public way of the driver's own class to read a column. */
    private static List<Method> getters(PreparedStatement p) throws SQLException {
        try (ResultSet rows = p.executeQuery()) {
            return Stream.of(rows.getClass().getMethods())
                    .filter(m -> m.getName().startsWith("get") && m.getParameterCount() > 0)
                    .filter(m -> m.getParameterTypes()[0] == int.class || m.getParameterTypes()[0] == String.class)
                    .peek(m -> m.setAccessible(true))
                    .toList();
        }
    }

    private static Object invoked(Method getter, ResultSet row, int column) throws IllegalAccessException {
        Class<?>[] types = getter.getParameterTypes();
        Object[] arguments = new Object[types.length];
        arguments[0] = types[0] == int.class ? (Object) column : column == 2 ? "nickname" : "raw";
        for (int i = 1; i < types.length; i++) {
            arguments[i] = types[i] == Class.class
                    ? String.class
                    : types[i] == int.class ? (Object) 2 : types[i] == Map.class ? Map.of() : null;
        }
        try {
            return getter.invoke(row, arguments);
        } catch (InvocationTargetException | IllegalArgumentException notThatType) {
            return null;
        }
    }

    @Test
    void theRecordEndsWithTheRowsTheStatementsNextExecutionItsCloseOrTheConnections() throws SQLException {
        Connection c = filled(Server.POSTGRESQL);
        Statement s = c.createStatement();
        ResultSet rows = s.executeQuery("SELECT id FROM readers");
        rows.next();
        assertThat(results()).as("still reading").isEmpty();
        s.executeQuery("SELECT id FROM readers WHERE id > 1");
        assertThat(results()).extracting(Event::rows).containsExactly(1L);
        s.close();
        assertThat(results()).extracting(Event::rows).containsExactly(1L, 0L);
        Statement left = c.createStatement();
        left.execute("SELECT id FROM readers");
        ResultSet fetched = left.getResultSet();
        fetched.next();
        fetched.next();
        c.close();
        assertThat(results()).extracting(Event::rows).containsExactly(1L, 0L, 2L);
        left.close();
        assertThat(results()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Server.class,
            names = {"H2", "POSTGRESQL", "MARIADB"})
    void generatedKeysAreSampledAndTheRowsAreThoseThatWereChanged(Server server) throws SQLException {
        try (Connection c = filled(server)) {
            try (PreparedStatement p = c.prepareStatement(
                    "INSERT INTO readers (id, title, nickname) VALUES (7, 'Ms. Seven', '" + CANARY + "')",
                    server == Server.MARIADB ? new String[] {"id"} : new String[] {"id", "nickname"})) {
                assertThat(p.executeUpdate()).isEqualTo(1);
                try (ResultSet keys = p.getGeneratedKeys()) {
                    while (keys.next()) {
                        for (int i = 1; i <= keys.getMetaData().getColumnCount(); i++) {
                            keys.getString(i);
                        }
                    }
                }
            }
            assertThat(results()).singleElement().satisfies(e -> {
                assertThat(e.rows()).isEqualTo(1);
                assertThat(e.toString()).doesNotContain("canary");
                if (server != Server.MARIADB) {
                    assertThat(e.sample()).containsIgnoringCase("id='7'").contains("31'");
                }
            });
        }
    }

    @Test
    void outParametersAreSampledOnceAsTheCallerSawThem() throws SQLException {
        try (Connection c = filled(Server.MARIADB)) {
            try (Statement s = c.createStatement()) {
                s.execute("DROP PROCEDURE IF EXISTS told");
                s.execute("CREATE PROCEDURE told(IN wanted INT, OUT name VARCHAR(40), OUT nick VARCHAR(40))"
                        + " BEGIN SELECT title, nickname INTO name, nick FROM readers WHERE id = wanted; END");
                s.execute("DROP PROCEDURE IF EXISTS added");
                s.execute("CREATE PROCEDURE added(IN a INT, OUT b INT) BEGIN SET b = a + 1; END");
            }
            policy.events.clear();
            try (CallableStatement call = c.prepareCall("{call added(?, ?)}")) {
                call.setInt(1, 41);
                call.registerOutParameter(2, Types.INTEGER);
                call.execute();
                assertThat(call.getInt(2)).isEqualTo(42);
                assertThat(call.getInt(2)).isEqualTo(42);
                assertThat(results()).as("still reading").isEmpty();
            }
            assertThat(results())
                    .singleElement()
                    .satisfies(e -> assertThat(e.sample()).isEqualTo("out 2=42"));
            policy.events.clear();
            try (CallableStatement call = c.prepareCall("{call told(?, ?, ?)}")) {
                call.setInt(1, 1);
                call.registerOutParameter(2, Types.VARCHAR);
                call.registerOutParameter(3, Types.VARCHAR);
                call.execute();
                assertThat(call.getString(3)).doesNotContain("canary");
                call.getString(2);
            }
            assertThat(results())
                    .singleElement()
                    .satisfies(e -> assertThat(e.sample()).contains("out 3=").doesNotContain("canary"));
        }
    }

    @Test
    void whatCouldBeACredentialIsNotInASample() throws SQLException {
        try (Connection c = filled(Server.H2);
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE logins (id INT, password VARCHAR(40))");
            s.execute("INSERT INTO logins VALUES (1, '" + CANARY + "')");
            policy.events.clear();
            for (String sql : List.of("SELECT * FROM logins", "SELECT password AS p FROM logins", "TABLE logins")) {
                try (ResultSet rows = s.executeQuery(sql)) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            rows.getString(i);
                        }
                    }
                }
            }
            assertThat(results())
                    .hasSize(3)
                    .allMatch(e -> e.rows() == 1 && e.sample().contains("…"));
            assertThat(policy.events).noneMatch(e -> e.toString().contains("canary"));
        }
    }

    @Test
    void aSampleIsBounded() throws SQLException {
        try (Connection c = filled(Server.H2);
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT X, REPEAT('a', 500) AS wide FROM SYSTEM_RANGE(1, 1000)")) {
            while (rows.next()) {
                rows.getLong(1);
                rows.getString(2);
            }
        }
        assertThat(results())
                .singleElement()
                .matches(e -> e.rows() == 1000
                        && e.bytes() == 1000 * 508
                        && e.sample().lines().count() == 21
                        && e.sample().length() < 4200
                        && e.sample().endsWith("…"));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void atLevelStatementsTheResultIsWrittenWhenTheStatementReturnsAndHasNoRows(Server server) throws Exception {
        policy.change(POLICY.formatted("", "statements"));
        try (Connection c = filled(server);
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT id, nickname FROM readers")) {
            assertThat(results()).hasSize(1);
            rows.next();
            rows.getString(2);
            assertThat(results())
                    .singleElement()
                    .matches(e -> e.sample() == null && e.cells() == null && e.bytes() == null && e.rows() == -1);
        }
    }
}
