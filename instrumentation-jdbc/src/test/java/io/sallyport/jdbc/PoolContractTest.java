package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.mask.ColumnMask;
import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.sql.Types;
import java.sql.Wrapper;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds through every pool and wrapper, on a real PostgreSQL. The next one is an adapter in {@code sample.pool} and its name
 * here.
 */
@ParameterizedClass(name = "{0}")
@ValueSource(
        strings = {
            "Hikari",
            "HikariDataSourceClass",
            "Dbcp2",
            "TomcatJdbc",
            "C3p0",
            "SpringDriverManager",
            "SpringTransactionAware",
            "SpringLazy",
            "P6spy",
            "P6spyDriver",
            "DatasourceProxy"
        })
@Timeout(60)
class PoolContractTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;

    private static final ClassLoader APPLICATION = WovenProcess.applicationWith(
            "postgresql-",
            "HikariCP",
            "slf4j-api",
            "commons-dbcp2",
            "commons-pool2",
            "commons-logging",
            "tomcat-jdbc",
            "tomcat-juli",
            "c3p0",
            "mchange-commons-java",
            "spring-",
            "p6spy",
            "datasource-proxy");

    private static final String ALLOWING = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            """;

    private static final String MASKING = ALLOWING + """
            mask:
              - {name: emails, columns: [people.email], with: redact}
            """;

    private static final String DENYING = ALLOWING + """
            guard:
              - {name: no-people, when: {tables: {read: [people]}}, then: deny}
            """;

    private static final String QUERY = "SELECT id, email FROM people WHERE id = ?";

    @TempDir
    static Path directory;

    private static TlsPostgres server;
    /** What the database really holds. */
    private static Connection outside;

    @Parameter
    String adapter;

    private DataSource source;

    @BeforeAll
    static void start() throws Exception {
        server = TlsPostgres.start(directory);
        outside = server.ungoverned();
        // Where it registers itself for those who ask DriverManager.
        Class.forName("org.postgresql.Driver", true, APPLICATION);
    }

    @BeforeEach
    void open() throws Exception {
        GATE.reset();
        try (Statement s = outside.createStatement()) {
            s.execute("DROP TABLE IF EXISTS people");
            s.execute("CREATE UNLOGGED TABLE people (id SERIAL PRIMARY KEY, email TEXT)");
            s.execute("INSERT INTO people (email) VALUES ('ann@example.org'), ('bob@example.org')");
        }
        Properties settings = new Properties();
        settings.setProperty("url", server.url());
        settings.setProperty("user", server.user());
        settings.setProperty("password", server.password());
        source = inApplication(() -> adapter().apply(settings));
        // Whatever the driver asks about itself at first is asked now.
        connection().close();
        GATE.reset();
    }

    @AfterEach
    void close() throws Exception {
        GATE.reset();
        inApplication(() -> {
            Object closed = source;
            for (String next : List.of("getTargetDataSource", "close")) {
                try {
                    Object answer = closed.getClass().getMethod(next).invoke(closed);
                    closed = answer == null ? closed : answer;
                } catch (NoSuchMethodException none) {
                    // A wrapper without it.
                }
            }
            return null;
        });
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        outside.close();
        server.close();
    }

    // --- out --------------------------------------------------------------------------------------------------------

    @Test
    void valuesAreMaskedAndMaskedOnce() throws Exception {
        GATE.masksByLabel = Map.of("email", new Marking());
        try (Connection c = connection();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement(QUERY)) {
            try (ResultSet rows = s.executeQuery("SELECT id, email FROM people ORDER BY id")) {
                rows.next();
                assertThat(rows.getInt("id")).isEqualTo(1);
                assertThat(rows.getString("email")).isEqualTo("ann@example.org!");
                assertThat(rows.getObject(2)).isEqualTo("ann@example.org!");
            }
            p.setInt(1, 2);
            p.execute();
            try (ResultSet rows = p.getResultSet()) {
                rows.next();
                assertThat(rows.getObject("email", String.class)).isEqualTo("bob@example.org!");
                assertThat(rows.getString(2)).isEqualTo("bob@example.org!");
            }
        }
    }

    @Test
    void generatedKeysAreMasked() throws Exception {
        GATE.masksByLabel = Map.of("email", new Marking());
        try (Connection c = connection();
                PreparedStatement p =
                        c.prepareStatement("INSERT INTO people (email) VALUES (?)", new String[] {"id", "email"})) {
            p.setString(1, "eve@example.org");
            assertThat(p.executeUpdate()).isEqualTo(1);
            try (ResultSet keys = p.getGeneratedKeys()) {
                keys.next();
                assertThat(keys.getInt("id")).isEqualTo(3);
                assertThat(keys.getString("email")).isEqualTo("eve@example.org!");
            }
        }
    }

    // --- in ---------------------------------------------------------------------------------------------------------

    @Test
    void everyStatementIsDecidedOnce() throws Exception {
        try (Connection c = connection();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement(QUERY);
                CallableStatement call = c.prepareCall("{? = call upper(?)}")) {
            GATE.asked.clear();
            s.executeUpdate("UPDATE people SET email = 'x' WHERE id = 1");
            p.setInt(1, 2);
            p.executeQuery().close();
            call.registerOutParameter(1, Types.VARCHAR);
            call.setString(2, "called");
            call.execute();
            assertThat(call.getString(1)).isEqualTo("CALLED");
        }
        assertThat(GATE.statements())
                .filteredOn(sql -> !sql.equals("SELECT 1"))
                .hasSize(3)
                .startsWith("UPDATE people SET email = 'x' WHERE id = 1", QUERY)
                .last()
                .asString()
                .contains("upper");
    }

    @Test
    void aRefusalArrivesAsItWasThrownAndCostsThePoolNoConnection() throws Exception {
        GATE.denySql("DROP");
        String session;
        try (Connection c = connection();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement("DROP TABLE people")) {
            session = backend(c);
            for (int i = 0; i < 2; i++) {
                assertRefused(catchThrowable(() -> s.execute("DROP TABLE people")));
                assertRefused(catchThrowable(p::execute));
            }
        }
        try (Connection again = connection()) {
            assertThat(again.isValid(1)).isTrue();
            if (!adapter.equals("SpringDriverManager") && !adapter.equals("P6spyDriver")) {
                assertThat(backend(again)).isEqualTo(session);
            }
        }
        assertThat(people()).isEqualTo(2);
    }

    @Test
    void aBatchIsRefusedAsAWhole() throws Exception {
        GATE.denySql("DROP");
        try (Connection c = connection();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement("INSERT INTO people (email) VALUES (?)")) {
            s.addBatch("INSERT INTO people (email) VALUES ('x')");
            s.addBatch("DROP TABLE people");
            assertRefused(catchThrowable(s::executeBatch));
            GATE.denySql("INSERT");
            p.setString(1, "y");
            p.addBatch();
            assertRefused(catchThrowable(p::executeBatch));
        }
        assertThat(people()).isEqualTo(2);
    }

    @Test
    void aCallIsRefused() throws Exception {
        GATE.denySql("upper");
        try (Connection c = connection();
                CallableStatement call = c.prepareCall("{? = call upper(?)}")) {
            call.registerOutParameter(1, Types.VARCHAR);
            call.setString(2, "called");
            assertRefused(catchThrowable(call::execute));
        }
    }

    @Test
    void whateverIsReachedByUnwrappingIsGoverned() throws Exception {
        GATE.denySql("DROP");
        GATE.masksByLabel = Map.of("email", new Marking());
        try (Connection c = connection();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT email FROM people ORDER BY id")) {
            Map<String, Connection> reached = new LinkedHashMap<>();
            reached.put("metadata", c.getMetaData().getConnection());
            reached.put("statement", s.getConnection());
            reached.put("result", rows.getStatement().getConnection());
            for (String type : List.of("java.sql.Connection", "org.postgresql.jdbc.PgConnection")) {
                unwrapped(c, type, Connection.class).forEach((by, found) -> reached.put(type + by, found));
            }
            for (Map.Entry<String, Connection> r : reached.entrySet()) {
                Statement inner = r.getValue().createStatement();
                assertRefused(r.getKey(), catchThrowable(() -> inner.execute("DROP TABLE people")));
                ResultSet innerRows = inner.executeQuery("SELECT email FROM people ORDER BY id");
                innerRows.next();
                assertThat(innerRows.getString(1)).as(r.getKey()).isEqualTo("ann@example.org!");
            }
            for (String type : List.of("java.sql.Statement", "org.postgresql.jdbc.PgStatement")) {
                for (Statement inner : unwrapped(s, type, Statement.class).values()) {
                    assertRefused(type, catchThrowable(() -> inner.execute("DROP TABLE people")));
                }
            }
            rows.next();
            for (String type : List.of("java.sql.ResultSet", "org.postgresql.jdbc.PgResultSet")) {
                for (ResultSet inner : unwrapped(rows, type, ResultSet.class).values()) {
                    assertThat(inner.getString(1)).as(type).isEqualTo("ann@example.org!");
                }
            }
        }
    }

    // --- while it is kept -------------------------------------------------------------------------------------------

    @Test
    void aChangedPolicyCountsForStatementsThatThePoolKeeps() throws Exception {
        try (UnderPolicy policy = new UnderPolicy(ALLOWING)) {
            assertThat(emailOfAnn()).isEqualTo("ann@example.org");
            policy.change(MASKING);
            assertThat(emailOfAnn()).isNotNull().isNotEqualTo("ann@example.org");
            policy.change(DENYING);
            assertThatThrownBy(this::emailOfAnn).hasMessageContaining("no-people");
            policy.change(ALLOWING);
            assertThat(emailOfAnn()).isEqualTo("ann@example.org");
        }
    }

    @Test
    void aTransactionThatOwesAnApprovalIsNotCommittedOnReturnAndTheNextBorrowerOwesNothing() throws Exception {
        List<Ticket> tickets = new CopyOnWriteArrayList<>();
        ApprovalDesk desk = Governed.desk(tickets, new Outcome.Refused(List.of("dba"), "no"));
        try (UnderPolicy policy = new UnderPolicy(approving("{anyOf: [dba], at: commit}"), room(desk))) {
            try (Connection c = connection();
                    Statement s = c.createStatement()) {
                c.setAutoCommit(false);
                s.executeUpdate("DELETE FROM people");
            }
            assertThat(people()).isEqualTo(2);
            try (Connection c = connection();
                    Statement s = c.createStatement()) {
                // A pool that does not roll back commits when it turns autocommit on again, for which people are asked.
                tickets.clear();
                c.setAutoCommit(false);
                s.executeUpdate("INSERT INTO people (email) VALUES ('eve@example.org')");
                c.commit();
            }
            assertThat(tickets).isEmpty();
            assertThat(people()).isEqualTo(3);
        }
    }

    @Test
    void aConnectionIsReturnedWhileItsStatementStillWaitsForApproval() throws Exception {
        Slow desk = new Slow();
        try (UnderPolicy policy = new UnderPolicy(approving("{anyOf: [dba], wait: 0s}"), room(desk))) {
            try (Connection c = connection();
                    Statement s = c.createStatement()) {
                assertThatThrownBy(() -> s.executeUpdate("DELETE FROM people"))
                        .isInstanceOf(SQLTransientException.class);
            }
            assertThat(emailOfAnn()).isEqualTo("ann@example.org");
            desk.approve();
            try (Connection c = connection();
                    Statement s = c.createStatement()) {
                assertThat(s.executeUpdate("DELETE FROM people")).isEqualTo(2);
            }
            assertThat(policy.events).isNotEmpty();
        }
    }

    private static HoldRoom room(ApprovalDesk desk) {
        return new HoldRoom(desk, Clock.systemUTC());
    }

    private static String approving(String approval) {
        return ALLOWING + """
                guard:
                  - name: mass-delete
                    when: {unboundedWrite: true}
                    then: approve
                    approval: %s
                """.formatted(approval);
    }

    private static int people() throws SQLException {
        try (Statement s = outside.createStatement();
                ResultSet rows = s.executeQuery("SELECT count(*) FROM people")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private String emailOfAnn() throws Exception {
        try (Connection c = connection();
                PreparedStatement p = c.prepareStatement(QUERY)) {
            p.setInt(1, 1);
            try (ResultSet rows = p.executeQuery()) {
                rows.next();
                return rows.getString("email");
            }
        }
    }

    /** Approves when it is told to. */
    private static final class Slow implements ApprovalDesk {
        private final List<Consumer<Outcome>> listeners = new CopyOnWriteArrayList<>();

        @Override
        public void submit(Ticket ticket, Consumer<Outcome> listener) {
            listeners.add(listener);
        }

        void approve() {
            listeners.forEach(l -> l.accept(new Outcome.Approved(List.of("dba"), "fine", false)));
        }

        @Override
        public void update(Ticket ticket) {}

        @Override
        public void withdraw(String ticketId, String why) {}
    }

    /** Shows when a value is masked twice. */
    private static final class Marking implements ColumnMask {
        @Override
        public String rule() {
            return "marking";
        }

        @Override
        public Object apply(Object value, Class<?> requested) {
            return value + "!";
        }
    }

    private static void assertRefused(Throwable thrown) {
        assertRefused("", thrown);
    }

    private static void assertRefused(String what, Throwable thrown) {
        assertThat(thrown).as(what).isExactlyInstanceOf(SQLException.class).hasMessageContaining("not today");
        assertThat(((SQLException) thrown).getSQLState()).as(what).isEqualTo("42501");
        assertThat((Throwable) ((SQLException) thrown).getNextException())
                .as(what)
                .isNull();
    }

    private static String backend(Connection connection) throws SQLException {
        return UnderPolicy.row(connection, "SELECT pg_backend_pid()").get(0);
    }

    /** What {@code unwrap} gives, and what is behind that. Most pools do not open for a type that they do not know. */
    private static <T> Map<String, T> unwrapped(Wrapper from, String type, Class<T> as) throws Exception {
        Map<String, T> found = new LinkedHashMap<>();
        try {
            T one = as.cast(from.unwrap(APPLICATION.loadClass(type)));
            found.put(" unwrapped", one);
            found.put(" unwrapped twice", as.cast(((Wrapper) one).unwrap(as)));
        } catch (SQLException closed) {
            // As without the agent.
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private Function<Properties, DataSource> adapter() throws ReflectiveOperationException {
        return (Function<Properties, DataSource>) APPLICATION
                .loadClass("io.sallyport.jdbc.sample.pool." + adapter)
                .getConstructor()
                .newInstance();
    }

    private Connection connection() throws Exception {
        return inApplication(source::getConnection);
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    /** As on a thread of the application: drivers are found by the context loader. */
    private static <T> T inApplication(Work<T> work) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(APPLICATION);
        try {
            return work.run();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
