package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.SqlCommand;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
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
