package io.sallyport.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MariaDbTest {

    @Test
    void speaksTlsAndTheApplicationsUserIsNoAdministrator(@TempDir Path directory) throws Exception {
        try (MariaDb server = MariaDb.startWithTls(directory)) {
            assertThat(server.query("SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS"
                            + " WHERE VARIABLE_NAME = 'Ssl_version'"))
                    .isEqualTo("TLSv1.3");
            try (Connection c = DriverManager.getConnection(server.url() + "?sslMode=trust", "app", server.password());
                    Statement s = c.createStatement()) {
                s.execute("CREATE TABLE t (a INT)");
                assertThatThrownBy(() -> s.execute("CREATE USER another")).isInstanceOf(SQLException.class);
            }
            assertThat(server.query("SELECT count(*) FROM app.t")).isEqualTo("0");
        }
    }

    @Test
    void offersNoTlsWhereNoneIsWanted() throws Exception {
        try (MariaDb server = MariaDb.startWithoutTls()) {
            assertThat(server.query("SELECT @@have_ssl")).isNotEqualTo("YES");
        }
    }

    @Test
    void theNextTestFindsTheSameServerEmpty(@TempDir Path directory) throws Exception {
        int port;
        try (MariaDb server = MariaDb.startWithTls(directory)) {
            port = server.unwatchedPort();
            server.execute("CREATE TABLE app.t (a INT)", "CREATE DATABASE other", "SET PASSWORD FOR app@'%' = ''");
        }
        try (MariaDb server = MariaDb.startWithTls(directory);
                Connection c = DriverManager.getConnection(server.url() + "?sslMode=trust", "app", server.password())) {
            assertThat(server.unwatchedPort()).isEqualTo(port);
            assertThat(c.getCatalog()).isEqualTo("app");
            assertThat(server.query(
                            "SELECT count(*) FROM information_schema.tables WHERE table_schema IN ('app', 'other')"))
                    .isEqualTo("0");
        }
    }
}
