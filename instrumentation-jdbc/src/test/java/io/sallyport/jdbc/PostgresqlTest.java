package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** pgjdbc against a real PostgreSQL with TLS. */
class PostgresqlTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;

    @TempDir
    static Path directory;

    @AutoClose
    private static TlsPostgres server;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = TlsPostgres.start(directory);
        server.execute(
                "CREATE TABLE payments (id INT PRIMARY KEY, card_number TEXT, amount NUMERIC, paid DATE, tags TEXT[])",
                "INSERT INTO payments VALUES (1, '4111111111111111', 10.5, '2026-04-11', ARRAY['4111'])");
    }

    @BeforeEach
    @AfterEach
    void reset() {
        GATE.reset();
    }

    private static Connection connect(String... properties) throws SQLException {
        return connectTo(server.url(), properties);
    }

    private static Connection connectTo(String url, String... properties) throws SQLException {
        String[] all = Arrays.copyOf(properties, properties.length + 4);
        all[properties.length] = "user";
        all[properties.length + 1] = server.user();
        all[properties.length + 2] = "password";
        all[properties.length + 3] = server.password();
        return WovenProcess.connect(url, all);
    }

    private static TlsRequirement demand(Level level, String... roots) {
        return new TlsRequirement(level, "TLSv1.2", List.of(roots), Set.of());
    }

    // --- connecting -------------------------------------------------------------------------------------------------

    @Test
    void theTargetIsKnownAndNoSecretIsInTheCommand() throws SQLException {
        connect().close();
        ConnectCommand command = (ConnectCommand) GATE.asked.get(0);
        assertThat(command.target().url()).isEqualTo("jdbc:postgresql://localhost:" + server.port() + "/postgres");
        assertThat(command.target().database()).isEqualTo("postgres");
        assertThat(command.user()).isEqualTo(server.user());
        assertThat(command.settings().toString()).doesNotContain(server.password());
        assertThat(GATE.ended).containsExactly(command.session());
    }

    @Test
    void withoutADemandTheDriverConnectsAsItWouldAndTheTruthIsRecorded() throws SQLException {
        connectTo("jdbc:postgresql://localhost:" + server.unwatchedPort() + "/postgres", "sslmode", "disable")
                .close();
        assertThat(GATE.sockets)
                .singleElement()
                .satisfies(f -> assertThat(f.encrypted()).isFalse());
    }

    @Test
    @Tag("unrelayed")
    void tlsIsRaisedToTheDemandedLevel() throws SQLException {
        GATE.tls = demand(Level.VERIFY_FULL, server.ca().toString());
        for (String url : List.of(server.url(), server.url() + "?sslmode=prefer", server.url() + "?sslmode=require")) {
            GATE.sockets.clear();
            try (Connection c = connectTo(url)) {
                assertThat(one(c, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                        .isEqualTo("t");
            }
            assertThat(GATE.sockets).singleElement().satisfies(f -> {
                assertThat(f.protocol()).isEqualTo("TLSv1.3");
                assertThat(f.chainTrusted()).isTrue();
                assertThat(f.hostMatches()).isTrue();
                assertThat(f.describe()).matches("TLSv1\\.3 TLS_\\w+ with CN=localhost.*");
            });
        }
    }

    @Test
    @Tag("unrelayed")
    void anExplicitPlaintextIsRefusedBeforeAnythingIsSent() {
        GATE.tls = demand(Level.REQUIRE);
        for (String url :
                List.of(server.url() + "?sslmode=disable", server.url() + "?sslmode=require&sslmode=disable")) {
            assertThatThrownBy(() -> connectTo(url))
                    .isExactlyInstanceOf(SQLException.class)
                    .hasMessageContaining("sslmode=require")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42501");
        }
        assertThat(GATE.sockets).isEmpty();
        assertThat(GATE.checks).containsOnly("tls");
    }

    @Test
    @Tag("unrelayed")
    void aServerThatTheDriverTrustsAndThePolicyDoesNotIsRefusedBeforeAuthentication() {
        GATE.tls = demand(Level.VERIFY_CA);
        assertThatThrownBy(() ->
                        connect("sslmode", "verify-full", "sslfactory", "org.postgresql.ssl.NonValidatingFactory"))
                .isExactlyInstanceOf(SQLException.class)
                .hasMessageContaining("rule tls")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42501");
        assertThat(GATE.sockets).singleElement().satisfies(f -> {
            assertThat(f.encrypted()).isTrue();
            assertThat(f.chainTrusted()).isFalse();
        });
    }

    @Test
    void aLoginTimeoutMovesTheConnectToAnotherThreadAndChangesNothing() throws SQLException {
        GATE.tls = demand(Level.VERIFY_FULL, server.ca().toString());
        try (Connection c = connect("loginTimeout", "20", "readOnly", "true")) {
            assertThat(one(c, "SELECT 1")).isEqualTo("1");
        }
        assertThat(GATE.sockets).hasSize(1);
        assertThat(GATE.statements()).containsExactly("SELECT 1");
    }

    @Test
    void aSideDoorIsRefused() {
        assertThatThrownBy(() -> connect("socketFactory", "com.example.Tunnel"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("postgresql:socketFactory");
        assertThat(GATE.checks).containsExactly("side-door");
    }

    @Test
    void aUrlOfAnotherVendorIsLeftAlone() throws SQLException {
        assertThat(WovenProcess.connect(WovenProcess.driver("org.postgresql.Driver"), "jdbc:h2:mem:none"))
                .isNull();
        assertThat(GATE.asked).isEmpty();
    }

    @Test
    void aConnectionThatBypassesTheDriverClassIsDecidedAndChecked() throws Exception {
        GATE.denies = c -> c instanceof ConnectCommand;
        ClassLoader app = WovenProcess.APPLICATION;
        Class<?> host = app.loadClass("org.postgresql.util.HostSpec");
        Object hosts = java.lang.reflect.Array.newInstance(host, 1);
        java.lang.reflect.Array.set(
                hosts, 0, host.getConstructor(String.class, int.class).newInstance("localhost", server.port()));
        java.util.Properties info = new java.util.Properties();
        info.setProperty("user", server.user());
        info.setProperty("PGDBNAME", "postgres");
        info.setProperty("password", server.password());
        assertThatThrownBy(() -> app.loadClass("org.postgresql.jdbc.PgConnection")
                        .getConstructor(hosts.getClass(), java.util.Properties.class, String.class)
                        .newInstance(hosts, info, server.url()))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessageContaining("Refused by Sallyport");
    }

    // --- statements -------------------------------------------------------------------------------------------------

    @Test
    void everyExecutionIsDecidedOnce() throws SQLException {
        try (Connection c = connect();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement("SELECT amount FROM payments WHERE id = ?")) {
            s.execute("SELECT 1;");
            s.executeQuery("SELECT {fn abs(-1)} /* comment */").close();
            s.executeUpdate("UPDATE payments SET amount = 10.5 WHERE id = 1");
            s.executeLargeUpdate("UPDATE payments SET amount = 10.5 WHERE id = 1");
            p.setInt(1, 1);
            p.executeQuery().close();
            p.execute();
            s.addBatch("UPDATE payments SET amount = 1 WHERE id = 7");
            s.addBatch("UPDATE payments SET amount = 2 WHERE id = 8");
            s.executeBatch();
        }
        assertThat(GATE.statements())
                .containsExactly(
                        "SELECT 1;",
                        "SELECT {fn abs(-1)} /* comment */",
                        "UPDATE payments SET amount = 10.5 WHERE id = 1",
                        "UPDATE payments SET amount = 10.5 WHERE id = 1",
                        "SELECT amount FROM payments WHERE id = ?",
                        "SELECT amount FROM payments WHERE id = ?",
                        "UPDATE payments SET amount = 1 WHERE id = 7",
                        "UPDATE payments SET amount = 2 WHERE id = 8");
    }

    @Test
    void housekeepingOfTheDriverIsNotTheApplications() throws SQLException {
        try (Connection c = connect()) {
            assertThat(c.isValid(5)).isTrue();
            c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(c.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            c.setReadOnly(true);
            c.setAutoCommit(false);
            c.rollback(c.setSavepoint("here"));
            c.rollback();
            try (ResultSet tables = c.getMetaData().getTables(null, null, "payments", null)) {
                assertThat(tables.next()).isTrue();
                assertThat(tables.getString("TABLE_NAME")).isEqualTo("payments");
            }
        }
        assertThat(GATE.statements()).isEmpty();
    }

    @Test
    void vendorExecutionsAreDecided() throws Exception {
        GATE.denySql("payments");
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            refused(c, "execSQLQuery", new Class<?>[] {String.class}, "SELECT * FROM payments");
            refused(c, "execSQLUpdate", new Class<?>[] {String.class}, "DELETE FROM payments");
            refused(s, "executeWithFlags", new Class<?>[] {String.class, int.class}, "DELETE FROM payments", 0);
            Class<?> cached = WovenProcess.APPLICATION.loadClass("org.postgresql.core.CachedQuery");
            Object query = c.getClass()
                    .getMethod("createQuery", String.class, boolean.class, boolean.class, String[].class)
                    .invoke(c, "DELETE FROM payments", false, false, new String[0]);
            refused(s, "executeWithFlags", new Class<?>[] {cached, int.class}, query, 0);
        }
        GATE.reset();
        assertThat(server.query("SELECT count(*) FROM payments")).isEqualTo("1");
    }

    private static void refused(Object on, String method, Class<?>[] types, Object... arguments) throws Exception {
        Method m = on.getClass().getMethod(method, types);
        m.setAccessible(true);
        assertThatThrownBy(() -> m.invoke(on, arguments))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessageContaining("Refused by Sallyport");
    }

    @Test
    void theDriversExecutorIsNoWayAroundStatements() throws Exception {
        try (Connection c = connect()) {
            Object executor = c.getClass().getMethod("getQueryExecutor").invoke(c);
            ClassLoader app = WovenProcess.APPLICATION;
            Class<?> api = app.loadClass("org.postgresql.core.QueryExecutor");
            Class<?> queries = app.loadClass("org.postgresql.core.Query");
            Class<?> handlers = app.loadClass("org.postgresql.core.ResultHandler");
            Class<?> values = app.loadClass("org.postgresql.core.ParameterList");
            Object query = api.getMethod("createSimpleQuery", String.class).invoke(executor, "DELETE FROM payments");
            Object handler =
                    java.lang.reflect.Proxy.newProxyInstance(app, new Class<?>[] {handlers}, (p, m, a) -> null);
            Class<?>[] types = {queries, values, handlers, int.class, int.class, int.class};
            int simple = api.getField("QUERY_EXECUTE_AS_SIMPLE").getInt(null);
            int describe = api.getField("QUERY_DESCRIBE_ONLY").getInt(null);
            refused(executor, "execute", types, query, null, handler, 0, 0, simple);
            refused(executor, "execute", types, query, null, handler, 0, 0, simple | describe);
            refused(executor, "execute", types, query, null, handler, 0, 0, 0);
            Object calledAutosave = java.lang.reflect.Proxy.newProxyInstance(
                    app, new Class<?>[] {queries}, (p, m, a) -> switch (m.getName()) {
                        case "getNativeSql" -> "ROLLBACK TO SAVEPOINT PGJDBC_AUTOSAVE";
                        case "getSubqueries" -> one(queries, query);
                        default -> m.invoke(query, a);
                    });
            refused(executor, "execute", types, calledAutosave, null, handler, 0, 0, 0);
            refused(
                    executor,
                    "startCopy",
                    new Class<?>[] {String.class, boolean.class},
                    "COPY payments TO STDOUT",
                    false);
            refused(executor, "fastpathCall", new Class<?>[] {int.class, values, boolean.class}, 1, null, false);
            assertThat(GATE.checks).hasSize(6).containsOnly("driver-internals");
            assertThat(one(c, "SELECT count(*) FROM payments")).isEqualTo("1");
        }
    }

    private static Object one(Class<?> type, Object value) {
        Object array = java.lang.reflect.Array.newInstance(type, 1);
        java.lang.reflect.Array.set(array, 0, value);
        return array;
    }

    @Test
    void theDriversExecutorIsNoWayAroundStatementsInsideOneEither() throws Exception {
        try (Connection c = connect();
                PreparedStatement insert =
                        c.prepareStatement("INSERT INTO payments (id, card_number) VALUES (50, ?)")) {
            Object executor = c.getClass().getMethod("getQueryExecutor").invoke(c);
            java.util.concurrent.atomic.AtomicReference<Throwable> inner =
                    new java.util.concurrent.atomic.AtomicReference<>();
            insert.setBinaryStream(1, new java.io.InputStream() {
                @Override
                public int read() {
                    try {
                        executor.getClass()
                                .getMethod("startCopy", String.class, boolean.class)
                                .invoke(executor, "COPY payments TO STDOUT", false);
                    } catch (InvocationTargetException e) {
                        inner.set(e.getCause());
                    } catch (ReflectiveOperationException e) {
                        throw new AssertionError(e);
                    }
                    return -1;
                }
            });
            c.setAutoCommit(false);
            insert.execute();
            c.rollback();
            assertThat(inner.get()).hasMessageContaining("Refused by Sallyport");
        }
    }

    @Test
    void whatTheDriverDescribesSavesAndRewritesWorksAsWithoutTheAgent() throws SQLException {
        try (Connection c = connect("autosave", "always", "reWriteBatchedInserts", "true");
                PreparedStatement p = c.prepareStatement("INSERT INTO payments (id, amount) VALUES (?, ?)")) {
            assertThat(p.getParameterMetaData().getParameterCount()).isEqualTo(2);
            assertThat(c.prepareStatement("SELECT id FROM payments")
                            .getMetaData()
                            .getColumnCount())
                    .isEqualTo(1);
            c.setAutoCommit(false);
            for (int i = 100; i < 105; i++) {
                p.setInt(1, i);
                p.setInt(2, i);
                p.addBatch();
            }
            assertThat(p.executeBatch()).hasSize(5);
            assertThatThrownBy(() -> one(c, "SELECT 1 / 0")).hasMessageContaining("division by zero");
            assertThat(one(c, "SELECT count(*) FROM payments WHERE id >= 100")).isEqualTo("5");
            try (Statement s = c.createStatement()) {
                s.setFetchSize(1);
                try (ResultSet rows = s.executeQuery("SELECT id FROM payments WHERE id >= 100")) {
                    int n = 0;
                    while (rows.next()) {
                        n++;
                    }
                    assertThat(n).isEqualTo(5);
                }
            }
            c.rollback();
        }
        assertThat(GATE.checks).isEmpty();
    }

    @Test
    @Tag("unrelayed")
    void aUrlThatADataSourceWroteOutIsRaisedLikeAShortOne() throws Exception {
        GATE.tls = demand(Level.VERIFY_FULL, server.ca().toString());
        Class<?> type = WovenProcess.APPLICATION.loadClass("org.postgresql.ds.PGSimpleDataSource");
        Object source = type.getConstructor().newInstance();
        type.getMethod("setURL", String.class).invoke(source, server.url());
        String written = (String) type.getMethod("getUrl").invoke(source);
        assertThat(written).contains("sslfactory=");
        try (Connection c = connectTo(written)) {
            assertThat(one(c, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("t");
        }
    }

    @Test
    void withoutADatabaseTheTargetIsTheUsersAsTheServerHasIt() throws SQLException {
        server.execute("CREATE DATABASE " + server.user());
        String port = String.valueOf(server.port());
        for (String url :
                List.of("jdbc:postgresql:", "jdbc:postgresql://", "jdbc:postgresql://localhost:" + port + "/")) {
            GATE.asked.clear();
            try (Connection c = connectTo(url, "PGHOST", "localhost", "PGPORT", port)) {
                assertThat(one(c, "SELECT current_database()")).isEqualTo(server.user());
            }
            ConnectCommand command = (ConnectCommand) GATE.asked.get(0);
            assertThat(command.target().url()).isEqualTo("jdbc:postgresql://localhost:" + port + "/" + server.user());
        }
    }

    @Test
    void anErrorQuotesNoStoredValueWhereAMaskCouldStand() throws SQLException {
        String cast = "SELECT card_number::date FROM payments WHERE id = 1";
        try (Connection c = connect();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement(cast)) {
            assertThatThrownBy(() -> s.execute(cast)).hasMessageContaining("4111111111111111");
            GATE.masksByLabel = Map.of("card_number", WovenProcess.textOnly("masked"));
            s.addBatch("UPDATE payments SET amount = card_number::date - DATE '2026-01-01' WHERE id = 1");
            for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call :
                    List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                            () -> s.executeQuery(cast), p::executeQuery, s::executeBatch)) {
                assertThatThrownBy(call)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("withheld")
                        .hasNoCause()
                        .satisfies(e -> {
                            assertThat(((SQLException) e).getSQLState()).isEqualTo("22008");
                            for (Throwable link : (SQLException) e) {
                                assertThat(link).hasMessageContaining("withheld");
                            }
                        });
            }
            assertThatThrownBy(() -> s.execute("SELECT ('a' || card_number)::regtype FROM payments WHERE id = 1"))
                    .hasMessageContaining("withheld")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42704"));
            assertThatThrownBy(() -> s.execute("SELECT nowhere FROM payments")).hasMessageContaining("nowhere");
            assertThatThrownBy(() -> s.execute("INSERT INTO payments (id) VALUES (1)"))
                    .hasMessageContaining("already exists");
        }
    }

    @Test
    void anExclusionConstraintQuotesNoRowThatIsStored() throws SQLException {
        server.execute("CREATE TABLE bookings (id INT, booked INT4RANGE, EXCLUDE USING gist (booked WITH &&))");
        server.execute("INSERT INTO bookings VALUES (1, '[777001,777005)')");
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            GATE.masksByLabel = Map.of("booked", WovenProcess.textOnly("masked"));
            assertThatThrownBy(() -> s.execute("INSERT INTO bookings (id, booked) VALUES (2, '(,)')"))
                    .hasMessageContaining("bookings_booked_excl")
                    .hasMessageNotContaining("777")
                    .hasNoCause()
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("23P01"));
        }
    }

    @Test
    void copyAndFunctionCallsAreDecided() throws Exception {
        try (Connection c = connect()) {
            Object copy = c.getClass().getMethod("getCopyAPI").invoke(c);
            StringWriter out = new StringWriter();
            copy.getClass()
                    .getMethod("copyOut", String.class, java.io.Writer.class)
                    .invoke(copy, "COPY payments (id) TO STDOUT", out);
            assertThat(out.toString()).isEqualTo("1\n");
            copy.getClass()
                    .getMethod("copyIn", String.class, java.io.Reader.class)
                    .invoke(copy, "COPY payments (id) FROM STDIN", new StringReader("99\n"));
            assertThat(GATE.statements())
                    .containsExactly("COPY payments (id) TO STDOUT", "COPY payments (id) FROM STDIN");
            try (Statement s = c.createStatement()) {
                s.execute("DELETE FROM payments WHERE id = 99");
            }
            GATE.denySql("COPY");
            assertThatThrownBy(() -> copy.getClass()
                            .getMethod("copyOut", String.class, java.io.Writer.class)
                            .invoke(copy, "COPY payments TO STDOUT", out))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("Refused by Sallyport");
            GATE.denySql("SELECT pg_catalog.lo_creat");
            c.setAutoCommit(false);
            Object largeObjects = c.getClass().getMethod("getLargeObjectAPI").invoke(c);
            assertThatThrownBy(
                            () -> largeObjects.getClass().getMethod("createLO").invoke(largeObjects))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("Refused by Sallyport");
            c.rollback();
        }
    }

    @Test
    void aCopyThatWouldShowMaskedColumnsIsRefused() throws Exception {
        GATE.masksByLabel = Map.of("card_number", WovenProcess.textOnly("masked"));
        try (Connection c = connect()) {
            Object copy = c.getClass().getMethod("getCopyAPI").invoke(c);
            StringWriter out = new StringWriter();
            assertThatThrownBy(() -> copy.getClass()
                            .getMethod("copyOut", String.class, java.io.Writer.class)
                            .invoke(copy, "COPY payments TO STDOUT", out))
                    .isInstanceOf(InvocationTargetException.class);
            assertThat(out.toString()).isEmpty();
        }
    }

    // --- results ----------------------------------------------------------------------------------------------------

    @Test
    void aMaskedColumnShowsItsValueInNoFormOfAnyPublicGetter() throws Exception {
        GATE.masksByLabel = Map.of(
                "card_number", WovenProcess.textOnly("masked"),
                "paid", WovenProcess.textOnly("masked"),
                "tags", WovenProcess.textOnly("masked"));
        int read = 0;
        try (Connection c = connect();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT card_number, paid, tags FROM payments")) {
            rows.next();
            assertThat(rows.getString("card_number")).isEqualTo("masked");
            for (int i = 1; i <= 3; i++) {
                for (Method m : rows.getClass().getMethods()) {
                    boolean byIndex = m.getParameterCount() == 1 && m.getParameterTypes()[0] == int.class;
                    boolean byLabel = m.getParameterCount() == 1 && m.getParameterTypes()[0] == String.class;
                    if (m.getName().startsWith("get") && (byIndex || byLabel)) {
                        Object column =
                                byIndex ? (Object) i : rows.getMetaData().getColumnLabel(i);
                        m.setAccessible(true);
                        assertThat(shown(rows, m, column)).as(m.toString()).doesNotContain("4111", "2026");
                        read++;
                    }
                }
            }
        }
        assertThat(read).isGreaterThan(150);
    }

    @Test
    void generatedKeysAreMasked() throws SQLException {
        GATE.masksByLabel = Map.of("card_number", WovenProcess.textOnly("masked"));
        try (Connection c = connect();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement(
                        "UPDATE payments SET amount = 10.5 WHERE id = ?", Statement.RETURN_GENERATED_KEYS)) {
            s.executeUpdate("UPDATE payments SET amount = 10.5 WHERE id = 1", Statement.RETURN_GENERATED_KEYS);
            assertThat(keyed(s)).isEqualTo("masked");
            p.setInt(1, 1);
            p.executeUpdate();
            assertThat(keyed(p)).isEqualTo("masked");
        }
        assertThat(GATE.statements()).hasSize(2);
    }

    @Test
    void outParametersAndRefCursorsAreMasked() throws SQLException {
        server.execute(
                "CREATE OR REPLACE FUNCTION card() RETURNS text LANGUAGE sql AS 'SELECT card_number FROM payments WHERE id = 1'",
                "CREATE OR REPLACE FUNCTION cards() RETURNS refcursor LANGUAGE plpgsql AS"
                        + " 'DECLARE c refcursor; BEGIN OPEN c FOR SELECT card_number FROM payments; RETURN c; END'");
        GATE.masksByLabel = Map.of("card_number", WovenProcess.textOnly("masked"), "", WovenProcess.textOnly("masked"));
        try (Connection c = connect()) {
            c.setAutoCommit(false);
            try (CallableStatement call = c.prepareCall("{? = call card()}")) {
                call.registerOutParameter(1, Types.VARCHAR);
                call.execute();
                assertThat(call.getString(1)).isEqualTo("masked");
                assertThat(call.getObject(1)).isEqualTo("masked");
            }
            GATE.masksByLabel = Map.of("card_number", WovenProcess.textOnly("masked"));
            try (CallableStatement call = c.prepareCall("{? = call cards()}")) {
                call.registerOutParameter(1, Types.REF_CURSOR);
                call.execute();
                try (ResultSet rows = (ResultSet) call.getObject(1)) {
                    rows.next();
                    assertThat(rows.getString(1)).isEqualTo("masked");
                }
            }
            c.rollback();
        }
    }

    private static String keyed(Statement s) throws SQLException {
        try (ResultSet keys = s.getGeneratedKeys()) {
            keys.next();
            return keys.getString("card_number");
        }
    }

    private static String one(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String shown(ResultSet rows, Method m, Object column) throws Exception {
        try {
            Object value = m.invoke(rows, column);
            return value instanceof byte[] bytes
                    ? new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                    : value instanceof java.io.InputStream in
                            ? new String(in.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1)
                            : String.valueOf(value);
        } catch (InvocationTargetException e) {
            return String.valueOf(e.getCause());
        }
    }

    @Test
    void aResultStaysMaskedWhateverTheStatementIsAskedForAfterIt() throws SQLException {
        try (Connection c = connect()) {
            String sql = "SELECT card_number FROM payments";
            EarlierResults.assertStayMasked(c, sql, "card_number", "4111111111111111");
            EarlierResults.assertNextIsItsOwn(c, sql, "card_number", sql, "4111111111111111");
        }
    }
}
