package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ways that values and statements take beside getters and statements: row sets and their forms, logs, what pools hand to callbacks. */
class SideExitsTest {

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            mask:
              - {name: contact, columns: ["*.email"], with: redact}
            guard:
              - {name: no-drop, when: {kind: [drop]}, then: deny, message: "Not here."}
            """;

    private static final String URL = "jdbc:h2:mem:exits";
    private static final String SECRET = "ada@example.org";

    private Connection keeper;
    private UnderPolicy policy;

    @BeforeEach
    void open() throws Exception {
        WovenProcess.GATE.reset();
        keeper = WovenProcess.connect(URL);
        try (Statement s = keeper.createStatement()) {
            s.execute("CREATE TABLE people (id INT PRIMARY KEY, email VARCHAR, note VARCHAR)");
            s.execute("INSERT INTO people VALUES (1, '" + SECRET + "', 'old')");
        }
        policy = new UnderPolicy(POLICY);
    }

    @AfterEach
    void close() throws SQLException {
        policy.close();
        try (Statement s = keeper.createStatement()) {
            s.execute("SHUTDOWN");
        }
    }

    private CachedRowSet people(Connection c) throws SQLException {
        CachedRowSet kept = RowSetProvider.newFactory().createCachedRowSet();
        try (Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT id, email, note FROM people")) {
            kept.populate(rows);
        }
        kept.setTableName("people");
        kept.setKeyColumns(new int[] {1});
        return kept;
    }

    @Test
    void aRowSetIsSerializedAsItWasShown() throws Exception {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(form)) {
            out.writeObject(people(keeper));
        }
        assertThat(form.toString(StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
    }

    /** It compares with what it read, which is not what is stored: a conflict, or a refusal, and never a mask in the table. */
    @Test
    void aRowSetThatIsWrittenBackStoresNoMask() throws Exception {
        CachedRowSet kept = people(keeper);
        keeper.setAutoCommit(false);
        try {
            kept.next();
            kept.updateString(2, kept.getString(2));
            kept.updateString(3, "new");
            kept.updateRow();
            kept.acceptChanges(keeper);
        } catch (SQLException conflictOrRefusal) {
            keeper.rollback();
        }
        policy.close();
        assertThat(UnderPolicy.row(keeper, "SELECT email FROM people")).containsExactly(SECRET);
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatAPoolHandsToACallbackIsGoverned() throws Exception {
        ClassLoader application = WovenProcess.applicationWith("h2-", "c3p0-", "mchange-commons", "slf4j-api");
        Properties settings = new Properties();
        settings.setProperty("url", "jdbc:h2:mem:lent");
        settings.setProperty("user", "");
        settings.setProperty("password", "");
        DataSource pool = ((Function<Properties, DataSource>) application
                        .loadClass("io.sallyport.jdbc.sample.pool.C3p0")
                        .getConstructor()
                        .newInstance())
                .apply(settings);
        Class<?> proxies = application.loadClass("com.mchange.v2.c3p0.C3P0ProxyConnection");
        try (Connection lent = pool.getConnection();
                Statement own = lent.createStatement()) {
            own.execute("CREATE TABLE people (id INT PRIMARY KEY, email VARCHAR)");
            own.execute("INSERT INTO people VALUES (1, '" + SECRET + "')");
            Method raw = proxies.getMethod("rawConnectionOperation", Method.class, Object.class, Object[].class);
            Method create = Connection.class.getMethod("createStatement");
            try (Statement s = (Statement) raw.invoke(
                            lent, create, proxies.getField("RAW_CONNECTION").get(null), new Object[0]);
                    ResultSet rows = s.executeQuery("SELECT email FROM people")) {
                rows.next();
                assertThat(rows.getString(1)).isNotNull().doesNotContain("ada");
                assertThatThrownBy(() -> s.execute("DROP TABLE people")).hasMessageContaining("Not here.");
            }
        } finally {
            ((AutoCloseable) pool).close();
        }
    }

    @Test
    void theDriverManagersLogTellsNoValue() throws Exception {
        StringWriter log = new StringWriter();
        PrintWriter before = DriverManager.getLogWriter();
        DriverManager.setLogWriter(new PrintWriter(log, true));
        try {
            DriverManager.println("the log works");
            people(keeper);
            assertThatThrownBy(() -> keeper.createStatement().execute("DROP TABLE people"))
                    .hasMessageContaining("Not here.");
        } finally {
            DriverManager.setLogWriter(before);
        }
        assertThat(log.toString()).contains("the log works").doesNotContain(SECRET);
    }

    @Test
    void whatIsSaidOfASessionOrARequestChangesNoVerdict() throws Exception {
        keeper.beginRequest();
        try (Statement s = keeper.createStatement()) {
            String quoted = s.enquoteLiteral("a'b") + s.enquoteIdentifier("people", true);
            assertThat(quoted).isEqualTo("'a''b'\"people\"");
            keeper.endRequest();
            assertThatThrownBy(() -> s.execute("DROP TABLE people")).hasMessageContaining("Not here.");
            assertThatThrownBy(() -> keeper.setShardingKey(null)).isInstanceOf(SQLException.class);
            try (ResultSet rows = s.executeQuery("SELECT email FROM people")) {
                rows.next();
                assertThat(rows.getString(1)).doesNotContain("ada");
            }
        }
    }
}
