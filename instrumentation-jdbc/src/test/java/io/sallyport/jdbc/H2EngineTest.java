package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.SqlCommand;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H2's ways around JDBC, in the same process. */
class H2EngineTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;

    @TempDir
    static Path directory;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        GATE.reset();
        connection = WovenProcess.connect("jdbc:h2:mem:engine");
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE people (id INT PRIMARY KEY, ssn VARCHAR)");
            s.execute("INSERT INTO people VALUES (1, '123-45-6789')");
        }
    }

    @AfterEach
    void close() throws SQLException {
        GATE.reset();
        try (Statement s = connection.createStatement()) {
            s.execute("SHUTDOWN");
        }
    }

    @Test
    void theEnginesSessionIsForTheDriverOnly() throws Exception {
        assertThatThrownBy(() -> connection.getClass().getMethod("getSession").invoke(connection))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessageContaining("Refused by Sallyport");
        assertThatThrownBy(() -> connection.prepareStatement("no sql")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connection.getClass().getMethod("getSession").invoke(connection))
                .cause()
                .hasMessageContaining("Refused by Sallyport");
        assertThat(GATE.checks).containsExactly("engine", "engine");
    }

    /** As an application holds it that asked before the agent was attached. */
    private static Object sessionOf(Connection connection) throws ReflectiveOperationException {
        Field session = connection.getClass().getDeclaredField("session");
        session.setAccessible(true);
        return session.get(connection);
    }

    private static Object call(Object on, String method, Class<?>[] types, Object... arguments)
            throws ReflectiveOperationException {
        Method found = on.getClass().getMethod(method, types);
        found.setAccessible(true);
        return found.invoke(on, arguments);
    }

    @Test
    void aSessionFromBeforeTheAgentPreparesNothingAndItsCommandsDoNotRun() throws Exception {
        Object session = sessionOf(connection);
        Class<?>[] text = {String.class};
        for (String method : new String[] {"prepareCommand", "prepare", "prepareLocal"}) {
            assertThatThrownBy(() -> call(session, method, text, "SELECT ssn FROM people"))
                    .cause()
                    .hasMessageContaining("Refused by Sallyport");
        }
        try (PreparedStatement p = connection.prepareStatement("DELETE FROM people")) {
            Field held = p.getClass().getDeclaredField("command");
            held.setAccessible(true);
            Object command = held.get(p);
            assertThatThrownBy(() -> call(command, "executeUpdate", new Class<?>[] {Object.class}, (Object) null))
                    .cause()
                    .hasMessageContaining("Refused by Sallyport");
            assertThat(p.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void aLargeValueDoesNotLeadToTheDatabaseThatKeepsIt() throws Exception {
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE notes (text CLOB)");
            s.execute("INSERT INTO notes VALUES (repeat('x', 10000))");
            try (ResultSet rows = s.executeQuery("SELECT text FROM notes")) {
                rows.next();
                Object value =
                        rows.getClass().getMethod("getInternal", int.class).invoke(rows, 1);
                Object data = call(value, "getLobData", new Class<?>[0]);
                assertThatThrownBy(() -> call(data, "getDataHandler", new Class<?>[0]))
                        .cause()
                        .hasMessageContaining("Refused by Sallyport");
                assertThat(rows.getClob(1).length()).isEqualTo(10_000);
                assertThat(rows.getString(1)).hasSize(10_000);
            }
        }
    }

    @Test
    void aServerOfTheApplicationsAndItsClientWork() throws Exception {
        Class<?> servers = WovenProcess.APPLICATION.loadClass("org.h2.tools.Server");
        Object server = servers.getMethod("createTcpServer", String[].class)
                .invoke(null, (Object) new String[] {"-tcpPort", "0", "-ifNotExists"});
        servers.getMethod("start").invoke(server);
        try (Connection c = WovenProcess.connect("jdbc:h2:tcp://localhost:"
                        + servers.getMethod("getPort").invoke(server) + "/mem:served");
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE notes (id INT, text CLOB)");
            s.execute("INSERT INTO notes VALUES (1, repeat('x', 10000))");
            try (PreparedStatement p = c.prepareStatement("SELECT text FROM notes WHERE id = ?")) {
                p.setInt(1, 1);
                try (ResultSet rows = p.executeQuery()) {
                    rows.next();
                    assertThat(rows.getString(1)).hasSize(10_000);
                }
            }
        } finally {
            servers.getMethod("stop").invoke(server);
        }
    }

    @Test
    void aSessionThatNoConnectionAsksForIsRefused() throws Exception {
        Class<?> info = WovenProcess.APPLICATION.loadClass("org.h2.engine.ConnectionInfo");
        Object wanted = info.getConstructor(String.class, java.util.Properties.class, String.class, Object.class)
                .newInstance("jdbc:h2:mem:engine", new java.util.Properties(), "", new char[0]);
        Class<?> engine = WovenProcess.APPLICATION.loadClass("org.h2.engine.Engine");
        assertThatThrownBy(() -> engine.getMethod("createSession", info).invoke(null, wanted))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessageContaining("Refused by Sallyport");
    }

    @Test
    void whatTheDriverNeedsOfItsSessionWorks() throws SQLException {
        try (Statement s = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            s.setQueryTimeout(5);
            try (ResultSet rows = s.executeQuery("SELECT * FROM people")) {
                assertThat(rows.next()).isTrue();
                rows.updateString(2, "999");
                rows.updateRow();
                rows.refreshRow();
                assertThat(rows.getString(2)).isEqualTo("999");
            }
        }
        connection.createArrayOf("INT", new Object[] {1}).getResultSet().close();
        connection.createClob().setString(1, "text");
        assertThat(connection
                        .getMetaData()
                        .getTables(null, null, "PEOPLE", null)
                        .next())
                .isTrue();
        assertThat(connection.isValid(1)).isTrue();
        assertThat(GATE.checks).isEmpty();
    }

    @Test
    void toolsOverJdbcAreDecidedAndToolsOverFilesAreRefused() throws Exception {
        GATE.denySql("SCRIPT");
        Class<?> script = WovenProcess.APPLICATION.loadClass("org.h2.tools.Script");
        assertThatThrownBy(() -> script.getMethod("process", Connection.class, String.class, String.class, String.class)
                        .invoke(null, connection, directory + "/dump.sql", "", ""))
                .cause()
                .hasMessageContaining("Refused by Sallyport");
        assertThatThrownBy(() -> script.getMethod(
                                "process",
                                String.class,
                                String.class,
                                String.class,
                                String.class,
                                String.class,
                                String.class)
                        .invoke(null, "jdbc:h2:mem:engine", "", "", directory + "/dump.sql", "", ""))
                .cause()
                .hasMessageContaining("Refused by Sallyport");
        assertThat(Files.exists(directory.resolve("dump.sql"))).isFalse();
        GATE.denySql("DELETE");
        Class<?> run = WovenProcess.APPLICATION.loadClass("org.h2.tools.RunScript");
        assertThatThrownBy(() -> run.getMethod("execute", Connection.class, java.io.Reader.class)
                        .invoke(null, connection, new StringReader("DELETE FROM people;")))
                .cause()
                .hasMessageContaining("Refused by Sallyport");
        Class<?> recover = WovenProcess.APPLICATION.loadClass("org.h2.tools.Recover");
        assertThatThrownBy(() -> recover.getMethod("execute", String.class, String.class)
                        .invoke(null, directory.toString(), "db"))
                .cause()
                .hasMessageContaining("org.h2.tools.Recover");
    }

    @Test
    void whatAnAliasRunsIsDecidedForTheSameTargetAndMasked() throws Exception {
        GATE.masksByLabel = java.util.Map.of("ssn", WovenProcess.textOnly("masked"));
        try (Statement s = connection.createStatement()) {
            s.execute(
                    "CREATE ALIAS peek AS 'String peek(java.sql.Connection c) throws Exception {"
                            + " var r = c.createStatement().executeQuery(\"SELECT ssn FROM people\"); r.next(); return r.getString(1); }'");
            GATE.asked.clear();
            try (ResultSet rows = s.executeQuery("SELECT peek()")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("masked");
            }
        }
        assertThat(GATE.asked)
                .hasSize(2)
                .allSatisfy(c -> assertThat(c.target().url()).isEqualTo("jdbc:h2:mem:engine"));
        assertThat(((SqlCommand) GATE.asked.get(1)).analysis().sql()).contains("FROM people");
    }

    @Test
    void csvWritesWhatTheGettersShow() throws Exception {
        GATE.masksByLabel = java.util.Map.of("ssn", WovenProcess.textOnly("masked"));
        StringWriter out = new StringWriter();
        Object csv = WovenProcess.APPLICATION
                .loadClass("org.h2.tools.Csv")
                .getConstructor()
                .newInstance();
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("SELECT id, ssn FROM people")) {
            csv.getClass()
                    .getMethod("write", java.io.Writer.class, ResultSet.class)
                    .invoke(csv, out, rows);
        }
        assertThat(out.toString()).contains("masked").doesNotContain("6789");
    }
}
