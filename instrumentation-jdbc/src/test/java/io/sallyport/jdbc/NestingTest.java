package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Application code that a driver runs inside an admitted statement, here the body of an SQL function. */
class NestingTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        GATE.reset();
        connection = WovenProcess.connect("jdbc:h2:mem:nesting");
        execute(connection, "CREATE TABLE t (id INT)");
        execute(connection, "INSERT INTO t VALUES (1)");
        execute(connection, "CREATE ALIAS callback FOR \"io.sallyport.jdbc.sample.Callback.call\"");
        GATE.reset();
    }

    @AfterEach
    void close() throws Exception {
        body(() -> "nothing");
        GATE.reset();
        connection.close();
    }

    @Test
    void anotherStatementOnTheSameConnectionIsDecidedAnewWithoutWaiting() throws Exception {
        body(() -> execute(connection, "DELETE FROM t"));
        GATE.denySql("DELETE");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> execute(connection, "SELECT callback()"))
                    .hasStackTraceContaining("Refused by Sallyport");
        }
        assertThat(GATE.nested).hasSize(2);
        GATE.reset();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aStatementOnAnotherConnectionIsACallOfItsOwn() throws Exception {
        try (Connection other = WovenProcess.connect("jdbc:h2:mem:other")) {
            execute(other, "CREATE TABLE o (id INT)");
            body(() -> execute(other, "DELETE FROM o"));
            GATE.asked.clear();
            execute(connection, "SELECT callback()");
        }
        assertThat(GATE.statements()).containsExactly("SELECT callback()", "DELETE FROM o");
        assertThat(GATE.nested).isEmpty();
    }

    @Test
    void aRefusalInsideLeavesTheNextCallOnTheThreadUnchanged() throws Exception {
        body(() -> execute(connection, "DELETE FROM t"));
        GATE.denySql("DELETE");
        assertThatThrownBy(() -> execute(connection, "SELECT callback()")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> execute(connection, "DELETE FROM t")).hasMessageContaining("Refused by Sallyport");
        assertThat(GATE.nested).hasSize(1);
    }

    private static void body(Callable<String> body) throws ReflectiveOperationException {
        WovenProcess.APPLICATION
                .loadClass("io.sallyport.jdbc.sample.Callback")
                .getField("body")
                .set(null, body);
    }

    private static String execute(Connection on, String sql) throws SQLException {
        try (Statement s = on.createStatement()) {
            s.execute(sql);
            return "done";
        }
    }

    private int count() throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("SELECT COUNT(*) FROM t")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
