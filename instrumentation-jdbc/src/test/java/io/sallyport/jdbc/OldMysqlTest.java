package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.testing.MariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connector/J 5.1: class files with subroutines, which cannot be woven, so no connection of it leaves the boundary. Where it is
 * let, it speaks the TLS of its day or none, and goes past the watched wire. */
class OldMysqlTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;

    @TempDir
    static Path directory;

    @AutoClose
    private static MariaDb server;

    @BeforeAll
    static void start() throws Exception {
        server = MariaDb.startWithTls(directory);
    }

    @BeforeEach
    @AfterEach
    void reset() {
        GATE.reset();
    }

    private static Connection connect() throws SQLException {
        Properties info = new Properties();
        info.setProperty("user", server.user());
        info.setProperty("password", server.password());
        ClassLoader loader = WovenProcess.application("mysql-connector-java-5.1.49");
        return WovenProcess.driver(loader, "com.mysql.jdbc.Driver")
                .connect("jdbc:mysql://localhost:" + server.unwatchedPort() + "/app?useSSL=false", info);
    }

    @Test
    void itIsRefusedAtConnectWithItsReason() {
        assertThatThrownBy(OldMysqlTest::connect)
                .isExactlyInstanceOf(SQLException.class)
                .hasMessageContaining("rule unwoven")
                .hasMessageContaining("com.mysql.jdbc.ConnectionImpl");
        assertThat(GATE.asked).singleElement().isInstanceOf(ConnectCommand.class);
    }
}
