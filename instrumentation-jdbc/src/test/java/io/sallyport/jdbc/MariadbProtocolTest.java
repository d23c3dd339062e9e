package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.testing.MariaDb;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MariaDB Connector/J 2 below JDBC: protocol objects that anybody can have, and data sources that ask no {@code Driver}. Their
 * TLS cannot be raised (MysqlTlsTest), so these go past the watched wire. */
class MariadbProtocolTest {

    private static final MysqlDriver DRIVER = MysqlDriver.MARIADB_2;
    private static final ScriptedGate GATE = WovenProcess.GATE;

    @TempDir
    static Path directory;

    @AutoClose
    private static MariaDb server;

    @BeforeAll
    static void start() throws Exception {
        server = MariaDb.startWithTls(directory.resolve("mariadb"));
        server.execute("CREATE TABLE app.kept (id INT PRIMARY KEY)", "INSERT INTO app.kept VALUES (1), (2)");
    }

    @BeforeEach
    @AfterEach
    void reset() {
        GATE.reset();
    }

    @Test
    void whatTheProtocolIsAskedForByAnybodyElseIsRefused() throws Exception {
        for (String hosts : List.of("", "sequential:", "replication:")) {
            Object protocol = protocol(hosts);
            Method execute = protocol.getClass().getMethod("executeQuery", String.class);
            execute.setAccessible(true);
            assertThatThrownBy(() -> execute.invoke(protocol, "DELETE FROM kept"))
                    .as(hosts)
                    .hasRootCauseInstanceOf(SQLException.class)
                    .rootCause()
                    .hasMessageContaining("goes around the statements");
            protocol.getClass().getMethod("close").invoke(protocol);
        }
        assertThat(GATE.checks).contains("driver-internals");
        assertThat(server.query("SELECT COUNT(*) FROM app.kept")).isEqualTo("2");
    }

    /** As it is made for a connection, of {@code UrlParser} and {@code Utils}. */
    private static Object protocol(String hosts) throws Exception {
        Properties login = new Properties();
        login.setProperty("user", server.user());
        login.setProperty("password", server.password());
        Object parsed = DRIVER.loader()
                .loadClass("org.mariadb.jdbc.UrlParser")
                .getMethod("parse", String.class, Properties.class)
                .invoke(null, url(hosts), login);
        for (Method m : DRIVER.loader()
                .loadClass("org.mariadb.jdbc.internal.util.Utils")
                .getMethods()) {
            if (m.getName().equals("retrieveProxy")) {
                return m.invoke(null, parsed, null);
            }
        }
        throw new AssertionError("this version makes its protocol objects elsewhere");
    }

    private static String url(String hosts) {
        return "jdbc:mariadb:" + hosts + "//localhost:" + server.unwatchedPort() + "/app";
    }

    @Test
    void theDriversOwnStatementsReachItOverSeveralHostsToo() throws Exception {
        for (String hosts : List.of("", "sequential:", "replication:")) {
            try (Connection c = DRIVER.open(url(hosts), server);
                    Statement s = c.createStatement();
                    PreparedStatement p = c.prepareStatement("INSERT INTO kept VALUES (?)")) {
                c.setAutoCommit(false);
                assertThat(s.executeUpdate("DELETE FROM kept WHERE id = 2")).isEqualTo(1);
                p.setInt(1, 2);
                p.addBatch();
                p.setInt(1, 3);
                p.addBatch();
                p.executeBatch();
                c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                c.setCatalog(c.getCatalog());
                assertThat(c.isValid(5)).isTrue();
                c.rollback();
            }
        }
        assertThat(GATE.checks).isEmpty();
        assertThat(server.query("SELECT COUNT(*) FROM app.kept")).isEqualTo("2");
    }

    @Test
    void aDataSourceOpensNoSideDoors() throws Exception {
        for (String name : List.of("MariaDbDataSource", "MariaDbPoolDataSource")) {
            Object source = DRIVER.loader()
                    .loadClass("org.mariadb.jdbc." + name)
                    .getConstructor(String.class)
                    .newInstance(url("") + "?allowMultiQueries=true&maxPoolSize=1");
            assertThatThrownBy(() -> ((DataSource) source).getConnection(server.user(), server.password()))
                    .as(name)
                    .isInstanceOf(SQLException.class);
            assertThat(GATE.checks).as(name).isNotEmpty();
            GATE.reset();
            if (source instanceof AutoCloseable pool) {
                pool.close();
            }
        }
    }
}
