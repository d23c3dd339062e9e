package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.verdict.StandardGate;
import io.sallyport.testing.MariaDb;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The drivers for MySQL and MariaDB, each in its newest versions and an old one, against a real MariaDB. */
@ParameterizedClass
@EnumSource(MysqlDriver.class)
class MysqlDriversTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;
    private static final String SECRET = "4111";

    @TempDir
    static Path directory;

    @AutoClose
    private static MariaDb server;

    private final MysqlDriver driver;

    MysqlDriversTest(MysqlDriver driver) {
        this.driver = driver;
    }

    @BeforeAll
    static void start() throws Exception {
        server = MariaDb.startWithTls(directory);
        server.execute(
                "CREATE TABLE app.payments (id INT PRIMARY KEY AUTO_INCREMENT, card_number VARCHAR(40), amount DECIMAL(8,2),"
                        + " paid DATETIME, note TEXT, raw VARBINARY(40))",
                "INSERT INTO app.payments VALUES (1, '4111111111111111', 10.5, '2026-04-11 04:11:00', '4111 note', X'34313131')",
                "CREATE PROCEDURE app.card(IN i INT, OUT card VARCHAR(40)) BEGIN"
                        + " SELECT card_number INTO card FROM app.payments WHERE id = i; SELECT card_number FROM app.payments; END");
    }

    @BeforeEach
    @AfterEach
    void reset() {
        GATE.reset();
    }

    private Connection connect(String... settings) throws SQLException {
        return driver.connect(server, settings);
    }

    // --- statements -------------------------------------------------------------------------------------------------

    @Test
    void theExecutionThatVersion2LeftPublicForItsTestsIsDecided() throws Exception {
        assumeTrue(driver == MysqlDriver.MARIADB_2);
        GATE.denySql("payments");
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            var method = s.getClass().getMethod("testExecute", String.class, java.nio.charset.Charset.class);
            assertThatThrownBy(() -> method.invoke(s, "DELETE FROM payments", java.nio.charset.StandardCharsets.UTF_8))
                    .cause()
                    .hasMessageContaining("Refused by Sallyport");
        }
        GATE.reset();
        assertThat(server.query("SELECT count(*) FROM app.payments")).isEqualTo("1");
    }

    @Test
    void everyExecutionIsDecidedOnce() throws SQLException {
        try (Connection c = connect();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement("SELECT amount FROM payments WHERE id = ?")) {
            s.execute("SELECT 1");
            s.executeQuery("SELECT {fn abs(-1)}").close();
            s.executeUpdate("UPDATE payments SET amount = 10.5 WHERE id = 1");
            s.executeUpdate("UPDATE payments SET amount = 10.5 WHERE id = 1", Statement.RETURN_GENERATED_KEYS);
            p.setInt(1, 1);
            p.executeQuery().close();
            p.execute();
            s.addBatch("UPDATE payments SET amount = 1 WHERE id = 7");
            s.addBatch("UPDATE payments SET amount = 2 WHERE id = 8");
            s.executeBatch();
        }
        assertThat(GATE.statements())
                .containsExactly(
                        "SELECT 1",
                        "SELECT {fn abs(-1)}",
                        "UPDATE payments SET amount = 10.5 WHERE id = 1",
                        "UPDATE payments SET amount = 10.5 WHERE id = 1",
                        "SELECT amount FROM payments WHERE id = ?",
                        "SELECT amount FROM payments WHERE id = ?",
                        "UPDATE payments SET amount = 1 WHERE id = 7",
                        "UPDATE payments SET amount = 2 WHERE id = 8");
        assertThat(GATE.asked).filteredOn(ConnectCommand.class::isInstance).hasSize(1);
    }

    @Test
    void housekeepingOfTheDriverIsNotTheApplications() throws SQLException {
        try (Connection c = connect()) {
            assertThat(c.isValid(5)).isTrue();
            c.setAutoCommit(false);
            c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(c.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            c.setReadOnly(true);
            assertThat(c.isReadOnly()).isTrue();
            c.setReadOnly(false);
            c.rollback(c.setSavepoint("here"));
            c.commit();
            c.setAutoCommit(true);
            c.setCatalog("app");
            assertThat(c.getCatalog()).isEqualTo("app");
            assertThat(c.getHoldability()).isPositive();
            assertThat((Throwable) c.getWarnings()).isNull();
            assertThat(c.nativeSQL("SELECT {fn now()}")).isNotEmpty();
            c.setNetworkTimeout(Runnable::run, 60_000);
            assertThat(c.getNetworkTimeout()).isEqualTo(60_000);
            c.setClientInfo("ApplicationName", "shop");
            DatabaseMetaData about = c.getMetaData();
            try (ResultSet tables = about.getTables("app", null, "payments", null)) {
                assertThat(tables.next()).isTrue();
                assertThat(tables.getString("TABLE_NAME")).isEqualTo("payments");
            }
            assertThat(about.getUserName()).startsWith("app");
            try (ResultSet columns = about.getColumns("app", null, "payments", "card_number")) {
                assertThat(columns.next()).isTrue();
            }
        }
        assertThat(GATE.statements()).isEmpty();
        assertThat(GATE.checks).isEmpty();
    }

    @Test
    void batchesThatTheDriverRewritesAreDecidedAsTheyWereGiven() throws SQLException {
        try (Connection c = connect("rewriteBatchedStatements", "true", "useServerPrepStmts", "false");
                PreparedStatement insert = c.prepareStatement(
                        "INSERT INTO payments (amount) VALUES (?)", Statement.RETURN_GENERATED_KEYS);
                PreparedStatement update = c.prepareStatement("UPDATE payments SET amount = ? WHERE id = ?");
                Statement plain = c.createStatement()) {
            c.setAutoCommit(false);
            for (int i = 0; i < 6; i++) {
                insert.setInt(1, i);
                insert.addBatch();
                update.setInt(1, i);
                update.setInt(2, 100 + i);
                update.addBatch();
                plain.addBatch("UPDATE payments SET amount = 1 WHERE id = 20" + i);
            }
            assertThat(insert.executeBatch()).hasSize(6);
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getInt(1)).isPositive();
            }
            update.executeBatch();
            plain.executeBatch();
            c.rollback();
        }
        assertThat(GATE.statements())
                .hasSize(8)
                .contains("INSERT INTO payments (amount) VALUES (?)", "UPDATE payments SET amount = ? WHERE id = ?");
        assertThat(GATE.nested).isEmpty();
        assertThat(GATE.alarms).isEmpty();
    }

    @Test
    void aRefusedStatementReachesNoServerByAnyExecution() throws Exception {
        GATE.denySql("DELETE");
        try (Connection c = connect();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement("DELETE FROM payments")) {
            refuses(() -> s.execute("DELETE FROM payments"));
            refuses(() -> s.executeUpdate("DELETE FROM payments"));
            refuses(() -> s.executeLargeUpdate("DELETE FROM payments"));
            refuses(p::execute);
            refuses(p::executeUpdate);
            s.addBatch("DELETE FROM payments");
            refuses(s::executeBatch);
            p.addBatch();
            refuses(p::executeBatch);
            if (driver.isMysql()) {
                for (String prepare : List.of("clientPrepareStatement", "serverPrepareStatement")) {
                    PreparedStatement vendor = (PreparedStatement)
                            c.getClass().getMethod(prepare, String.class).invoke(c, "DELETE FROM payments");
                    refuses(vendor::execute);
                }
            }
        }
        assertThat(server.query("SELECT count(*) FROM app.payments")).isEqualTo("1");
    }

    @Test
    void aStreamedResultAndACancelledQueryWorkAsWithoutTheAgent() throws Exception {
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            s.setFetchSize(driver.isMysql() ? Integer.MIN_VALUE : 1);
            try (ResultSet rows = s.executeQuery("SELECT id FROM payments")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isFalse();
            }
            s.setFetchSize(0);
            s.setQueryTimeout(1);
            assertThatThrownBy(() -> s.execute("SELECT SLEEP(30)")).isInstanceOf(SQLException.class);
            s.setQueryTimeout(0);
            s.execute("SELECT 1");
        }
        assertThat(GATE.checks).isEmpty();
    }

    @Test
    void describingAPreparedStatementIsNoticedByNobody() throws SQLException {
        try (Connection c = connect();
                PreparedStatement p = c.prepareStatement("SELECT amount FROM payments WHERE id = ?")) {
            assertThat(p.getMetaData().getColumnCount()).isEqualTo(1);
            assertThat(p.getParameterMetaData().getParameterCount()).isEqualTo(1);
        }
        assertThat(GATE.checks).isEmpty();
    }

    @Test
    void whatTheDriverSendsWithIsNoWayAroundStatements() throws Exception {
        assumeTrue(driver != MysqlDriver.MARIADB_2, "version 2 hands its protocol to nobody");
        try (Connection c = connect()) {
            Object inside = c.getClass()
                    .getMethod(driver.isMysql() ? "getSession" : "getClient")
                    .invoke(c);
            if (driver.isMysql()) {
                refuses(() -> inside.getClass().getMethod("getProtocol").invoke(inside));
                // As if the application had got hold of it before the agent came.
                Field field = inside.getClass().getSuperclass().getDeclaredField("protocol");
                field.setAccessible(true);
                Object protocol = field.get(inside);
                for (String part : List.of("getSocketConnection", "getPacketSender")) {
                    refuses(() -> protocol.getClass().getMethod(part).invoke(protocol));
                }
                Class<?> messages = driver.loader().loadClass("com.mysql.cj.protocol.Message");
                Method send = Arrays.stream(protocol.getClass().getMethods())
                        .filter(m -> m.getName().equals("sendCommand") && !m.isBridge())
                        .findFirst()
                        .orElseThrow();
                Class<?> payload = driver.loader().loadClass("com.mysql.cj.protocol.a.NativePacketPayload");
                for (String text : List.of("DELETE FROM payments", "SET sql_mode = 'ANSI_QUOTES'")) {
                    byte[] bytes = ("\u0003" + text).getBytes(StandardCharsets.US_ASCII);
                    Object packet = payload.getConstructor(byte[].class).newInstance((Object) bytes);
                    payload.getMethod("setPosition", int.class).invoke(packet, bytes.length);
                    assertThat(messages).isAssignableFrom(payload);
                    refuses(() -> send.invoke(protocol, packet, false, 0));
                    refuses(() -> protocol.getClass()
                            .getMethod("send", messages, int.class)
                            .invoke(protocol, packet, bytes.length));
                    refuses(() -> protocol.getClass()
                            .getMethod("readMessage", messages)
                            .invoke(protocol, packet));
                    byte[] ping = {0x0e};
                    int[] asked = {0};
                    Object another = Proxy.newProxyInstance(
                            driver.loader(),
                            new Class<?>[] {messages},
                            (p, m, a) -> m.getName().equals("getByteBuffer") && asked[0]++ == 0
                                    ? ping
                                    : payload.getMethod(m.getName(), m.getParameterTypes())
                                            .invoke(packet, a));
                    refuses(() -> send.invoke(protocol, another, false, 0));
                }
            } else {
                Class<?> messages = driver.loader().loadClass("org.mariadb.jdbc.message.ClientMessage");
                Object query = driver.loader()
                        .loadClass("org.mariadb.jdbc.message.client.QueryPacket")
                        .getConstructor(String.class)
                        .newInstance("DELETE FROM payments");
                Method execute = driver.loader()
                        .loadClass("org.mariadb.jdbc.client.Client")
                        .getMethod("execute", messages, boolean.class);
                refuses(() -> execute.invoke(inside, query, true));
            }
            assertThat(GATE.checks).containsOnly("driver-internals");
            c.createStatement().execute("SELECT 1");
        }
        assertThat(server.query("SELECT count(*) FROM app.payments")).isEqualTo("1");
    }

    @Test
    void clientInformationDoesNotBecomeSql() throws Exception {
        assumeTrue(driver.isMysql());
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            try {
                c.setClientInfo("ApplicationName", "*/ DELETE FROM payments -- ");
            } catch (SQLClientInfoException refused) {
                // Newer versions swallow it.
            }
            assertThat(GATE.checks).contains("driver-internals");
            Method comment = driver.loader()
                    .loadClass("com.mysql.cj.jdbc.JdbcConnection")
                    .getMethod("setStatementComment", String.class);
            refuses(() -> comment.invoke(c, "*/ DELETE FROM payments -- "));
            s.executeQuery("SELECT 1").close();
            comment.invoke(c, "harmless");
            s.executeQuery("SELECT 1").close();
        }
        assertThat(server.query("SELECT count(*) FROM app.payments")).isEqualTo("1");
    }

    @Test
    void aLocalFileIsReadForADecidedStatementOnly() throws Exception {
        assumeTrue(driver.isMysql());
        GATE.allowedSettings = java.util.Set.of("mysql:allowLoadLocalInfile");
        try (Connection c = connect("allowLoadLocalInfile", "true");
                Statement s = c.createStatement()) {
            String load = "LOAD DATA LOCAL INFILE 'x' INTO TABLE payments (note)";
            Class<?> statements = driver.loader().loadClass("com.mysql.cj.jdbc.JdbcStatement");
            statements
                    .getMethod("setLocalInfileInputStream", java.io.InputStream.class)
                    .invoke(s, new ByteArrayInputStream("one\n".getBytes(StandardCharsets.UTF_8)));
            GATE.denySql("LOAD DATA");
            refuses(() -> s.execute(load));
            GATE.denies = command -> false;
            s.execute(load);
            assertThat(GATE.last().analysis().facts().fileOrOsAccess()).isTrue();
            s.execute("DELETE FROM payments WHERE note = 'one'");
        }
    }

    // --- results ----------------------------------------------------------------------------------------------------

    @Test
    void aMaskedColumnShowsItsValueInNoFormOfAnyPublicGetter() throws Exception {
        GATE.masksByLabel = Map.of(
                "card_number", WovenProcess.textOnly("masked"),
                "paid", WovenProcess.textOnly("masked"),
                "note", WovenProcess.textOnly("masked"),
                "raw", WovenProcess.textOnly("masked"));
        try (Connection c = connect();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT card_number, paid, note, raw FROM payments WHERE id = 1")) {
            rows.next();
            assertThat(rows.getString("card_number")).isEqualTo("masked");
            Map<String, String> readings = Readings.of(rows, List.of("card_number", "paid", "note", "raw"));
            assertThat(readings).hasSizeGreaterThan(200);
            readings.forEach((getter, shown) -> assertThat(shown).as(getter).doesNotContain(SECRET, "2026"));
        }
    }

    @Test
    void outParametersAndResultsOfACallAreMasked() throws SQLException {
        GATE.masksByLabel = Map.of(
                "card_number", WovenProcess.textOnly("masked"),
                "card", WovenProcess.textOnly("masked"),
                "", WovenProcess.textOnly("masked"));
        try (Connection c = connect();
                CallableStatement call = c.prepareCall("{call card(?, ?)}")) {
            call.setInt(1, 1);
            call.registerOutParameter(2, Types.VARCHAR);
            call.execute();
            try (ResultSet rows = call.getResultSet()) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("masked");
            }
            assertThat(call.getString(2)).isEqualTo("masked");
        }
        assertThat(GATE.nested).isEmpty();
    }

    @Test
    void aRowThatIsWrittenThroughItsResultIsDecidedWithItsTable() throws SQLException {
        try (Connection c = connect();
                Statement s = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            c.setAutoCommit(false);
            try (ResultSet rows = s.executeQuery("SELECT id, amount FROM payments WHERE id = 1")) {
                rows.next();
                rows.updateInt("amount", 11);
                rows.updateRow();
                assertThat(GATE.last().analysis().tables()).singleElement().satisfies(t -> {
                    assertThat(t.schema()).isEqualTo("app");
                    assertThat(t.table()).isEqualTo("payments");
                });
                GATE.denySql("DELETE");
                refuses(rows::deleteRow);
            }
            c.rollback();
        }
    }

    @Test
    void masksFollowTheStoredColumnUnderARealPolicy() throws Exception {
        String policy = """
                version: 1
                mode: enforce
                default: {jdbc: allow, http: allow, unmatched: allow, opaque: approve}
                mask:
                  - name: cards
                    columns: [app.payments.card_number]
                    with: {keepLast: 4}
                guard:
                  - name: no-drop
                    when: {kind: [drop, truncate]}
                    then: deny
                """;
        PolicySnapshot loaded = PolicyLoader.load(policy, "policy.yaml", KeySource.NONE);
        GATE.delegate = new StandardGate(
                () -> loaded,
                () -> Identity.unverified("test"),
                new HoldRoom(ApprovalDesk.NOBODY, Clock.systemUTC()),
                event -> true,
                Clock.systemUTC(),
                () -> "incident");
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            for (String sql : List.of(
                    "SELECT card_number FROM payments WHERE id = 1",
                    "SELECT `card_number` AS x FROM `app`.`payments` WHERE id = 1",
                    "SELECT p.x FROM (SELECT card_number AS x, id FROM payments) p WHERE id = 1")) {
                try (ResultSet rows = s.executeQuery(sql)) {
                    rows.next();
                    assertThat(rows.getString(1)).as(sql).isEqualTo("************1111");
                }
            }
            refuses(() -> s.execute("DROP TABLE payments"));
            String quoted = "SELECT concat(\"card_number\", '') FROM payments WHERE id = 1";
            try (PreparedStatement before = c.prepareStatement(quoted)) {
                s.execute("SET SESSION sql_mode = 'ANSI_QUOTES'");
                for (ResultSet rows : List.of(s.executeQuery(quoted), before.executeQuery())) {
                    rows.next();
                    assertThat(rows.getString(1))
                            .as("a name now, and no string")
                            .doesNotContain(SECRET + SECRET);
                }
            }
        }
    }

    // --- connecting -------------------------------------------------------------------------------------------------

    @Test
    void connectionsOfADataSourceAreDecidedOnceAndGoverned() throws Exception {
        // TLS cannot be raised for those of version 2: MysqlTlsTest.
        int port = driver == MysqlDriver.MARIADB_2 ? server.unwatchedPort() : server.port();
        for (String name : driver.isMysql()
                ? List.of("com.mysql.cj.jdbc.MysqlDataSource", "com.mysql.cj.jdbc.MysqlXADataSource")
                : List.of("org.mariadb.jdbc.MariaDbDataSource", "org.mariadb.jdbc.MariaDbPoolDataSource")) {
            GATE.reset();
            Object source = driver.loader().loadClass(name).getConstructor().newInstance();
            source.getClass()
                    .getMethod("setUrl", String.class)
                    .invoke(source, driver.url(port, "/app") + (driver.isMysql() ? "" : "?maxPoolSize=1"));
            try (Connection c = ((DataSource) source).getConnection(server.user(), server.password());
                    Statement s = c.createStatement()) {
                GATE.denySql("DELETE");
                refuses(() -> s.execute("DELETE FROM payments"));
                s.execute("SELECT 1");
            }
            List<Command> connects =
                    GATE.asked.stream().filter(ConnectCommand.class::isInstance).toList();
            assertThat(connects).as(name).isNotEmpty();
            assertThat(connects.get(0).target().database()).isEqualTo("app");
            assertThat(GATE.nested).isEmpty();
            if (source instanceof AutoCloseable pool) {
                pool.close();
            }
        }
    }

    @Test
    void aPoolFillsAndItsConnectionsAreGoverned() throws Exception {
        Class<?> type = driver.loader().loadClass("com.zaxxer.hikari.HikariDataSource");
        DataSource pool = (DataSource) type.getConstructor().newInstance();
        type.getMethod("setJdbcUrl", String.class).invoke(pool, driver.url(server.port(), "/app"));
        type.getMethod("setUsername", String.class).invoke(pool, server.user());
        type.getMethod("setPassword", String.class).invoke(pool, server.password());
        type.getMethod("setMaximumPoolSize", int.class).invoke(pool, 1);
        type.getMethod("setDriverClassName", String.class)
                .invoke(pool, driver.driver().getClass().getName());
        try (AutoCloseable closing = (AutoCloseable) pool;
                Connection c = pool.getConnection();
                Statement s = c.createStatement()) {
            s.execute("SELECT 1");
            GATE.denySql("DELETE");
            refuses(() -> s.execute("DELETE FROM payments"));
        }
        assertThat(GATE.statements()).containsExactly("SELECT 1", "DELETE FROM payments");
    }

    @Test
    @Tag("unrelayed")
    void connectionsOverSeveralHostsAreGoverned() throws SQLException {
        assumeTrue(driver != MysqlDriver.MARIADB_2);
        String here = "localhost:" + server.port();
        String vendor = driver.isMysql() ? "jdbc:mysql:" : "jdbc:mariadb:";
        for (String hosts :
                List.of("//localhost:1," + here, "loadbalance://" + here, "replication://" + here + "," + here)) {
            GATE.reset();
            GATE.denySql("DELETE");
            try (Connection c = driver.open(vendor + hosts + "/app", server)) {
                c.setAutoCommit(false);
                try (Statement s = c.createStatement();
                        PreparedStatement p = c.prepareStatement("SELECT ?")) {
                    s.execute("SELECT 1");
                    refuses(() -> s.execute("DELETE FROM payments"));
                    p.setInt(1, 2);
                    p.executeQuery().close();
                }
                c.rollback();
                try (ResultSet tables = c.getMetaData().getTables("app", null, "payments", null)) {
                    assertThat(tables.next()).isTrue();
                }
            }
            assertThat(GATE.statements()).as(hosts).containsExactly("SELECT 1", "DELETE FROM payments", "SELECT ?");
        }
    }

    @Test
    void xDevApiIsRefused() throws Exception {
        assumeTrue(driver == MysqlDriver.MYSQL_26, "needs the Protocol Buffers of that version");
        Class<?> factories = driver.loader().loadClass("com.mysql.cj.xdevapi.SessionFactory");
        Object factory = factories.getConstructor().newInstance();
        String url = "mysqlx://app:secret@localhost:" + server.port() + "/app";
        assertThatThrownBy(() -> factories.getMethod("getSession", String.class).invoke(factory, url))
                .rootCause()
                .hasMessageContaining("X DevAPI is not mediated");
    }

    private static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(thrown -> {
            Throwable cause = thrown instanceof InvocationTargetException e ? e.getCause() : thrown;
            assertThat(cause).hasStackTraceContaining("Refused by Sallyport");
        });
    }

    private interface Setter {
        void set(PreparedStatement statement, String value) throws SQLException;
    }

    @Test
    void noReaderStreamOrLobStoresAMaskAndWhatIsNoneArrivesWhole() throws Exception {
        server.execute("REPLACE INTO app.payments (id, card_number) VALUES (900, 'real')");
        Map<String, Setter> setters = Map.of(
                "reader", (p, v) -> p.setCharacterStream(1, new java.io.StringReader(v), v.length()),
                "ascii", (p, v) -> p.setAsciiStream(1, stream(v), v.length()),
                "binary", (p, v) -> p.setBinaryStream(1, stream(v), v.length()),
                "object", (p, v) -> p.setObject(1, stream(v)),
                "clob",
                        (p, v) -> {
                            java.sql.Clob clob = p.getConnection().createClob();
                            clob.setString(1, v);
                            p.setClob(1, clob);
                        },
                "blob",
                        (p, v) -> {
                            java.sql.Blob blob = p.getConnection().createBlob();
                            blob.setBytes(1, v.getBytes(StandardCharsets.US_ASCII));
                            p.setBlob(1, blob);
                        });
        try (UnderPolicy policy =
                        new UnderPolicy("version: 1\nmask: [{name: cards, columns: [payments.card_number]}]");
                Connection c = connect();
                PreparedStatement p = c.prepareStatement("UPDATE payments SET card_number = ? WHERE id = 900")) {
            for (Map.Entry<String, Setter> setter : setters.entrySet()) {
                setter.getValue().set(p, "***");
                assertThatThrownBy(p::executeUpdate).as(setter.getKey()).hasMessageContaining("Refused by Sallyport");
                String value = "one of " + setter.getKey();
                setter.getValue().set(p, value);
                p.executeUpdate();
                assertThat(server.query("SELECT count(*) FROM app.payments WHERE card_number = '" + value + "'"))
                        .isEqualTo("1");
            }
            assertThat(policy.events).isNotEmpty();
        } finally {
            server.execute("DELETE FROM app.payments WHERE id = 900");
        }
    }

    private static ByteArrayInputStream stream(String value) {
        return new ByteArrayInputStream(value.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aResultStaysMaskedWhateverTheStatementIsAskedForAfterIt() throws SQLException {
        String sql = "SELECT card_number FROM payments";
        try (Connection c = connect("allowMultiQueries", "false")) {
            EarlierResults.assertStayMasked(c, sql, "card_number", "4111111111111111");
            EarlierResults.assertNextIsItsOwn(c, sql, "card_number", sql, "4111111111111111");
        }
        if (driver.name().startsWith("MYSQL")) {
            try (Connection c = connect("dontTrackOpenResources", "true")) {
                EarlierResults.assertStayMasked(c, sql, "card_number", "4111111111111111");
            }
        }
    }

    @Test
    void anOutParameterStaysMaskedWhateverTheCallIsAskedForAfterIt() throws SQLException {
        for (String other : List.of("SELECT 1", "", "UPDATE payments SET amount = 10.5 WHERE id = 77")) {
            for (boolean update : new boolean[] {true, false}) {
                try (Connection c = connect();
                        CallableStatement call = c.prepareCall("{call card(?, ?)}")) {
                    GATE.masksByLabel =
                            Map.of("", WovenProcess.textOnly("masked"), "card_number", WovenProcess.textOnly("masked"));
                    call.setInt(1, 1);
                    call.registerOutParameter(2, Types.VARCHAR);
                    call.execute();
                    GATE.masksByLabel = Map.of();
                    String read;
                    try {
                        if (update) {
                            call.executeUpdate(other);
                        } else {
                            call.execute(other);
                        }
                    } catch (SQLException refused) {
                        // What is asked is what can be read all the same.
                    }
                    try {
                        read = call.getString(2);
                    } catch (SQLException gone) {
                        continue;
                    }
                    assertThat(read).isNotEqualTo("4111111111111111");
                }
            }
        }
    }

    @Test
    void whatAStatementSendsIsInNobodysHandsButTheDrivers() throws Exception {
        assumeTrue(driver.isMysql(), "MariaDB's statements hand it to nobody");
        try (Connection c = connect("rewriteBatchedStatements", "true");
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement("UPDATE payments SET amount = ? WHERE id = 77")) {
            for (Statement each : List.of(s, p)) {
                refuses(() -> each.getClass().getMethod("getQuery").invoke(each));
            }
            for (String parts : List.of("getQueryInfo", "getQueryBindings")) {
                refuses(() -> p.getClass().getMethod(parts).invoke(p));
            }
            for (int i = 0; i < 5; i++) {
                p.setInt(1, i);
                p.addBatch();
            }
            assertThat(p.executeBatch()).hasSize(5);
        }
    }

    @Test
    void whatAStatementPreparedOnTheServerIsNotExchanged() throws Exception {
        assumeTrue(
                driver == MysqlDriver.MARIADB_3 || driver == MysqlDriver.MARIADB_4, "version 2 has no setter for it");
        try (Connection c = connect("useServerPrepStmts", "true", "cachePrepStmts", "true");
                PreparedStatement good = c.prepareStatement("SELECT amount FROM payments WHERE id = ?");
                PreparedStatement bad = c.prepareStatement("SELECT card_number FROM payments WHERE id = ?")) {
            for (PreparedStatement p : List.of(good, bad)) {
                p.setInt(1, 1);
                p.executeQuery().close();
            }
            Class<?> statements = driver.loader().loadClass("org.mariadb.jdbc.BasePreparedStatement");
            Class<?> prepares = driver.loader().loadClass("org.mariadb.jdbc.export.Prepare");
            Object context = c.getClass().getMethod("getContext").invoke(c);
            Method cached = context.getClass().getMethod("getPrepareCacheCmd", String.class, statements);
            refuses(() -> cached.invoke(context, "SELECT card_number FROM payments WHERE id = ?", good));
            Method cache = context.getClass().getMethod("putPrepareCacheCmd", String.class, prepares, statements);
            refuses(() -> cache.invoke(context, "SELECT amount FROM payments WHERE id = ?", null, bad));
            refuses(() -> statements.getMethod("setPrepareResult", prepares).invoke(good, (Object) null));
            assertThat(GATE.checks).containsOnly("driver-internals");
            try (ResultSet rows = good.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("10.50");
            }
        }
    }

    @Test
    void aCodecOfTheApplicationsGetsNoValues() throws Exception {
        assumeTrue(driver == MysqlDriver.MARIADB_3 || driver == MysqlDriver.MARIADB_4, "the drivers that have codecs");
        Class<?> configurations = driver.loader().loadClass("org.mariadb.jdbc.Configuration");
        Object configuration = configurations
                .getMethod("parse", String.class)
                .invoke(null, "jdbc:mariadb://localhost:" + server.port() + "/app");
        Object[] codecs = (Object[]) configurations.getMethod("codecs").invoke(configuration);
        Object own = codecs[0];
        codecs[0] = Proxy.newProxyInstance(
                driver.loader(),
                new Class<?>[] {driver.loader().loadClass("org.mariadb.jdbc.plugin.Codec")},
                (p, m, a) -> m.invoke(own, a));
        try {
            Method connect =
                    driver.loader().loadClass("org.mariadb.jdbc.Driver").getMethod("connect", configurations);
            refuses(() -> connect.invoke(null, configuration));
            assertThat(GATE.checks).contains("driver-internals");
        } finally {
            codecs[0] = own;
        }
    }
}
