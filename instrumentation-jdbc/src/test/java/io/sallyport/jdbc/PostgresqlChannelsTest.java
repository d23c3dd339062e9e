package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What pgjdbc can do beside JDBC, on a real PostgreSQL under a real policy. */
class PostgresqlChannelsTest {

    private static final String CANARY = "canary-7731";

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            mask:
              - name: secrets
                columns: [people.secret, people.mood]
                with: {fixed: "hidden"}
            """;

    @RegisterExtension
    static final WovenPostgres SERVER = WovenPostgres.with(
            "CREATE TABLE people (id INT PRIMARY KEY, secret TEXT, mood JSON)",
            "INSERT INTO people VALUES (1, '" + CANARY + "', '\"" + CANARY + "\"')");

    private UnderPolicy policy;

    @BeforeEach
    void load() throws Exception {
        policy = new UnderPolicy(POLICY);
    }

    private static Connection connect(String... settings) throws SQLException {
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "socketTimeout";
        all[settings.length + 1] = "20";
        return SERVER.connect(all);
    }

    private static Object call(Object on, String method, Object... arguments) throws Exception {
        for (var m : on.getClass().getMethods()) {
            if (m.getName().equals(method) && fits(m.getParameterTypes(), arguments)) {
                m.setAccessible(true);
                try {
                    return m.invoke(on, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }
        }
        throw new NoSuchMethodException(method);
    }

    private static boolean fits(Class<?>[] types, Object[] arguments) {
        boolean fits = types.length == arguments.length;
        for (int i = 0; fits && i < types.length; i++) {
            fits = types[i].isInstance(arguments[i])
                    || (types[i] == int.class && arguments[i] instanceof Integer)
                    || (types[i] == boolean.class && arguments[i] instanceof Boolean);
        }
        return fits;
    }

    private static void execute(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    private static List<String> notified(Connection c) throws Exception {
        Object[] notifications = (Object[]) call(c, "getNotifications", 5_000);
        return Arrays.stream(notifications)
                .map(n -> {
                    try {
                        return call(n, "getName") + ":" + call(n, "getParameter");
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Test
    void aNotificationsPayloadIsMaskedLikeAColumnOfUnknownOrigin() throws Exception {
        try (Connection c = connect()) {
            execute(c, "LISTEN changes");
            SERVER.server()
                    .execute("SELECT pg_notify('changes', row_to_json(p)::text) FROM people p", "NOTIFY changes");
            List<String> all = new ArrayList<>(notified(c));
            if (all.size() == 1) {
                all.addAll(notified(c));
            }
            assertThat(all).containsExactlyInAnyOrder("changes:***", "changes:");
            execute(c, "SELECT pg_notify('changes', secret) FROM people");
            Object executor = call(c, "getQueryExecutor");
            assertThat((Object[]) call(executor, "getNotifications"))
                    .allSatisfy(n -> assertThat(call(n, "getParameter")).isEqualTo("***"));
        }
    }

    @Test
    void notificationsComeAsTheyAreWhereThePolicySaysSoOrMasksNothing() throws Exception {
        for (String other : List.of(
                POLICY + "connect: {allow: [\"postgresql:getNotifications\"]}\n",
                POLICY.substring(0, POLICY.indexOf("mask:")))) {
            policy.close();
            policy = new UnderPolicy(other);
            try (Connection c = connect()) {
                execute(c, "LISTEN changes");
                SERVER.server().execute("NOTIFY changes, 'order 7'");
                assertThat(notified(c)).containsExactly("changes:order 7");
            }
        }
    }

    @Test
    void anApplicationsClassForATypeNeverSeesAMaskedValue() throws Exception {
        Class<?> seen = WovenProcess.APPLICATION.loadClass("io.sallyport.jdbc.sample.SeenValue");
        List<?> values = (List<?>) seen.getField("SEEN").get(null);
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            call(c, "addDataType", "json", seen);
            try (ResultSet rows = s.executeQuery("SELECT mood, '7'::json AS clear FROM people")) {
                rows.next();
                assertThat(rows.getObject("clear")).isInstanceOf(seen).hasToString("7");
                assertThat(rows.getObject("mood")).isNull();
                assertThat(rows.wasNull()).isTrue();
                assertThat((Object) rows.getObject(1, seen.asSubclass(Object.class)))
                        .isNull();
                assertThat(rows.getString("mood")).isEqualTo("hidden");
                assertThat(rows.wasNull()).isFalse();
            }
        }
        assertThat(values).asList().containsOnly("7");
    }

    @Test
    void replicationIsRefusedUnlessThePolicyListsItAndDecidedThen() throws Exception {
        assertThatThrownBy(() -> connect("replication", "database", "preferQueryMode", "simple"))
                .hasMessageContaining("postgresql:replication");
        policy.close();
        policy = new UnderPolicy(POLICY + "connect: {allow: [\"postgresql:replication\"]}\n");
        try (Connection c = replication()) {
            assertThatThrownBy(() -> start(c)).hasMessageContaining("masked columns cannot be masked");
        }
        policy.close();
        policy = new UnderPolicy(
                POLICY.substring(0, POLICY.indexOf("mask:")) + "connect: {allow: [\"postgresql:replication\"]}\n");
        try (Connection c = replication()) {
            Object stream = start(c);
            assertThat(call(stream, "isClosed")).isEqualTo(false);
            call(stream, "close");
        }
        assertThat(WovenProcess.GATE.statements()).anyMatch(sql -> sql.startsWith("START_REPLICATION"));
    }

    private static Connection replication() throws SQLException {
        return connect("replication", "database", "preferQueryMode", "simple", "assumeMinServerVersion", "9.4");
    }

    private static Object start(Connection c) throws Exception {
        Object api = call(c, "getReplicationAPI");
        Object builder = call(call(api, "replicationStream"), "physical");
        Class<?> lsn = WovenProcess.APPLICATION.loadClass("org.postgresql.replication.LogSequenceNumber");
        Object from = lsn.getMethod("valueOf", String.class)
                .invoke(null, SERVER.server().query("SELECT pg_current_wal_flush_lsn()"));
        return call(call(builder, "withStartPosition", from), "start");
    }

    @Test
    void streamsOverCopyAreDecidedLikeTheCopyManager() throws Exception {
        ClassLoader app = WovenProcess.APPLICATION;
        Class<?> pg = app.loadClass("org.postgresql.PGConnection");
        try (Connection c = connect()) {
            var in = app.loadClass("org.postgresql.copy.PGCopyInputStream").getConstructor(pg, String.class);
            assertThatThrownBy(() -> in.newInstance(c, "COPY people TO STDOUT"))
                    .cause()
                    .hasMessageContaining("masked columns cannot be masked");
            var out = app.loadClass("org.postgresql.copy.PGCopyOutputStream").getConstructor(pg, String.class);
            try (OutputStream rows = (OutputStream) out.newInstance(c, "COPY people (id) FROM STDIN")) {
                rows.write("7\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
            assertThat(UnderPolicy.row(c, "SELECT count(*) FROM people")).containsExactly("2");
            execute(c, "DELETE FROM people WHERE id = 7");
        }
        policy.close();
        policy = new UnderPolicy(POLICY.substring(0, POLICY.indexOf("mask:")));
        try (Connection c = connect()) {
            var in = app.loadClass("org.postgresql.copy.PGCopyInputStream").getConstructor(pg, String.class);
            try (InputStream rows = (InputStream) in.newInstance(c, "COPY people (id) TO STDOUT")) {
                assertThat(new String(rows.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII))
                        .isEqualTo("1\n");
            }
        }
    }

    @Test
    void rowsThatCopyBringsCountAsChanged() throws Exception {
        policy.close();
        policy = new UnderPolicy("version: 1\nguard:\n  - {name: few, when: {rows: {changed: 3}}, then: deny}\n");
        try (Connection c = connect()) {
            c.setAutoCommit(false);
            Object copy = call(c, "getCopyAPI");
            call(copy, "copyIn", "COPY people (id) FROM STDIN", new java.io.StringReader("21\n22\n"));
            assertThatThrownBy(() -> call(
                            copy,
                            "copyIn",
                            "COPY people (id) FROM STDIN",
                            new java.io.StringReader("23\n24\n25\n26\n")))
                    .hasMessageContaining("rule few");
            assertThatThrownBy(c::commit).hasMessageContaining("rule few");
            c.rollback();
            assertThat(UnderPolicy.row(c, "SELECT count(*) FROM people")).containsExactly("1");
        }
        assertThat(WovenProcess.GATE.transactions).contains("rollback: 2 statements, 6 rows changed");
    }

    @Test
    void largeObjectsAreWrittenUnderMasksAndReadWhereThePolicyLetsThem() throws Exception {
        int oid = largeObject("write", 0);
        assertThatThrownBy(() -> largeObject("read", oid)).hasMessageContaining("masked columns cannot be masked");
        for (String other : List.of(
                POLICY + "connect: {allow: [\"postgresql:loread\"]}\n", POLICY.substring(0, POLICY.indexOf("mask:")))) {
            policy.close();
            policy = new UnderPolicy(other);
            largeObject("read", oid);
        }
        policy.close();
        policy = new UnderPolicy(POLICY + "guard:\n  - {name: read-only, when: {writes: true}, then: deny}\n");
        assertThatThrownBy(() -> largeObject("write", 0)).hasMessageContaining("rule read-only");
    }

    /** Makes and fills one, or reads it; in a transaction, as they have to be. */
    private static int largeObject(String how, int oid) throws Exception {
        try (Connection c = connect()) {
            c.setAutoCommit(false);
            Object manager = call(c, "getLargeObjectAPI");
            long made = how.equals("write") ? (Long) call(manager, "createLO") : oid;
            Object large = manager.getClass().getMethod("open", long.class).invoke(manager, made);
            if (how.equals("write")) {
                call(large, "write", (Object) CANARY.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            } else {
                assertThat((byte[]) call(large, "read", 64)).hasSize(CANARY.length());
            }
            call(large, "close");
            c.commit();
            return (int) made;
        }
    }

    @Test
    void cursorsAndStatementsThatSqlNamesShowWhatTheyWereMadeOf() throws Exception {
        try (Connection c = connect();
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.execute("DECLARE k CURSOR FOR SELECT secret AS anything FROM people");
            assertThat(UnderPolicy.row(c, "FETCH 1 FROM k")).containsExactly("***");
            s.execute("MOVE BACKWARD ALL IN k");
            s.execute("PREPARE q AS SELECT secret AS other FROM people");
            assertThat(UnderPolicy.row(c, "EXECUTE q")).containsExactly("***");
            s.execute("SELECT id FROM people; SELECT secret AS x FROM people");
            assertThat(s.getMoreResults()).isTrue();
            try (ResultSet second = s.getResultSet()) {
                second.next();
                assertThat(second.getString(1)).isEqualTo("hidden");
            }
            c.rollback();
        }
    }

    @Test
    void cancelQueryLetsAWaitingStatementGo() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        ApprovalDesk silent = new ApprovalDesk() {
            @Override
            public void submit(Ticket ticket, Consumer<Outcome> listener) {
                asked.countDown();
            }

            @Override
            public void update(Ticket ticket) {}

            @Override
            public void withdraw(String ticketId, String why) {}
        };
        policy.close();
        policy = new UnderPolicy(
                POLICY + "guard:\n  - {name: ask, when: {kind: [delete]}, then: approve, approval: {wait: 60s}}\n",
                new HoldRoom(silent, Clock.systemUTC()));
        try (Connection c = connect()) {
            AtomicReference<Throwable> ended = new AtomicReference<>();
            Thread waiting = new Thread(() -> {
                try {
                    execute(c, "DELETE FROM people");
                } catch (SQLException e) {
                    ended.set(e);
                }
            });
            waiting.start();
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            call(c, "cancelQuery");
            waiting.join(20_000);
            assertThat(ended.get()).hasMessageContaining("cancelled");
        }
    }

    /** Nothing is read while a call waits, so the time does not run. */
    @Test
    void theDriversSocketTimeoutIsNoneOfACallThatWaits() throws Exception {
        policy.close();
        ApprovalDesk slow = new ApprovalDesk() {
            @Override
            public void submit(Ticket ticket, Consumer<Outcome> listener) {
                Executor later = CompletableFuture.delayedExecutor(1_200, TimeUnit.MILLISECONDS);
                later.execute(() -> listener.accept(new Outcome.Approved(List.of("ann"), "", false)));
            }

            @Override
            public void update(Ticket ticket) {}

            @Override
            public void withdraw(String ticketId, String why) {}
        };
        policy = new UnderPolicy(
                POLICY + "guard:\n  - {name: ask, when: {kind: [delete]}, then: approve, approval: {wait: 60s}}\n",
                new HoldRoom(slow, Clock.systemUTC()));
        try (Connection c = SERVER.connect("socketTimeout", "1")) {
            execute(c, "DELETE FROM people WHERE id = 99");
            execute(c, "SELECT 1");
        }
    }

    @Test
    void noFormatOfCopyHandsOutAMaskedColumn() throws Exception {
        try (Connection c = connect()) {
            Object copy = call(c, "getCopyAPI");
            for (String format : List.of("", " WITH (FORMAT csv, HEADER)", " WITH (FORMAT binary)")) {
                for (String masked : List.of(
                        "people",
                        "people (id, secret)",
                        "people (mood)",
                        "(TABLE people)",
                        "(SELECT lower(secret) FROM people)",
                        "(SELECT p FROM people p)")) {
                    assertThatThrownBy(() -> call(
                                    copy,
                                    "copyOut",
                                    "COPY " + masked + " TO STDOUT" + format,
                                    new ByteArrayOutputStream()))
                            .as(masked + format)
                            .hasMessageStartingWith("Refused by Sallyport");
                }
            }
        }
    }

    @Test
    void columnsThatNoRuleMasksAreCopiedOut() throws Exception {
        try (Connection c = connect()) {
            Object copy = call(c, "getCopyAPI");
            for (String clear : List.of("people (id)", "(SELECT id FROM people ORDER BY secret)")) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                call(copy, "copyOut", "COPY " + clear + " TO STDOUT", out);
                assertThat(out.toString(java.nio.charset.StandardCharsets.US_ASCII))
                        .as(clear)
                        .isEqualTo("1\n");
            }
        }
    }

    /** Whose columns another statement named: everything is masked then. */
    @Test
    void whatAPreparedOrDeclaredStatementReturnsIsMasked() throws Exception {
        try (Connection c = connect()) {
            c.setAutoCommit(false);
            execute(c, "PREPARE p AS SELECT secret FROM people WHERE id > $1");
            execute(c, "DECLARE c SCROLL CURSOR FOR SELECT secret AS x FROM people");
            execute(c, "CREATE TEMP TABLE kept AS EXECUTE p(0)");
            for (String sql : List.of(
                    "EXECUTE p(0)",
                    "FETCH NEXT FROM c",
                    "FETCH FIRST FROM c",
                    "FETCH BACKWARD ALL FROM c",
                    "FETCH ABSOLUTE 1 FROM c",
                    "SELECT * FROM kept")) {
                try (Statement s = c.createStatement();
                        ResultSet rows = s.executeQuery(sql)) {
                    while (rows.next()) {
                        assertThat(rows.getString(1)).as(sql).isIn("hidden", "***");
                    }
                }
            }
            c.rollback();
        }
    }
}
