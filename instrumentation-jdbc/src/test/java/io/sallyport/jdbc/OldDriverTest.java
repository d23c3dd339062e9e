package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.jdbc.ledger.DriverJar;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SQLite's driver of 2019, whose class files are those of Java 6 and cannot hold {@code invokedynamic} as they are. */
class OldDriverTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;
    private static final Path JAR = DriverJar.file("sqlite-jdbc-3.28.0");
    private static final ClassLoader APPLICATION = WovenProcess.application("sqlite-jdbc-3.28.0");
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        GATE.reset();
        connection = WovenProcess.connect(WovenProcess.driver(APPLICATION, "org.sqlite.JDBC"), "jdbc:sqlite::memory:");
        try (Statement s = connection.createStatement()) {
            s.executeUpdate("CREATE TABLE t (id INTEGER, card TEXT)");
            s.executeUpdate("INSERT INTO t VALUES (1, '4111')");
        }
        GATE.reset();
    }

    @AfterEach
    void close() throws SQLException {
        GATE.reset();
        connection.close();
    }

    @Test
    void itsClassFilesAreOlderThanInvokedynamic() {
        assertThat(DriverJar.of(JAR).types())
                .allSatisfy(t ->
                        assertThat(t.getClassFileVersion().getMajorVersion()).isLessThan((short) 51));
    }

    @Test
    void itsStatementsAreDecidedAndItsResultsMasked() throws SQLException {
        GATE.denySql("DELETE");
        try (Statement s = connection.createStatement();
                PreparedStatement p = connection.prepareStatement("DELETE FROM t")) {
            assertThatThrownBy(() -> s.executeUpdate("DELETE FROM t")).hasMessageContaining("Refused by Sallyport");
            assertThatThrownBy(p::executeUpdate).hasMessageContaining("Refused by Sallyport");
            GATE.masksByLabel = Map.of("card", WovenProcess.textOnly("****"));
            try (ResultSet rows = s.executeQuery("SELECT id, card FROM t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
                assertThat(rows.getString("card")).isEqualTo("****");
                assertThat(rows.getObject(2)).isEqualTo("****");
            }
        }
    }

    @Test
    void itsEngineIsNotHandedOut() throws Exception {
        var database = connection.getClass().getMethod("getDatabase");
        assertThatThrownBy(() -> database.invoke(connection))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Refused by Sallyport");
    }
}
