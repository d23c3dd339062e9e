package io.sallyport.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
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

    /** A busy machine's clients may be too late for a handshake: the server then says so in plain text, which gives nothing away. */
    @Test
    void aHandshakeThatIsNotFinishedShowsNothing(@TempDir Path directory) throws Exception {
        try (MariaDb server = MariaDb.startWithTls(directory);
                Socket socket = new Socket("localhost", server.port())) {
            InputStream in = socket.getInputStream();
            int greeting = in.read() | in.read() << 8 | in.read() << 16;
            in.readNBytes(1 + greeting);
            byte[] sslRequest = new byte[36];
            // 32 bytes, the second packet; CLIENT_LONG_PASSWORD, CLIENT_PROTOCOL_41, CLIENT_SSL and
            // CLIENT_SECURE_CONNECTION.
            sslRequest[0] = 32;
            sslRequest[3] = 1;
            sslRequest[4] = 1;
            sslRequest[5] = (byte) 0x8a;
            sslRequest[12] = 45;
            socket.getOutputStream().write(sslRequest);
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            ByteBuffer hello = ByteBuffer.allocate(1 << 15);
            engine.wrap(ByteBuffer.allocate(0), hello);
            socket.getOutputStream().write(hello.array(), 0, hello.position());
            in.readNBytes(5);
            socket.shutdownOutput();

            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .endsWith("Bad handshake");
        }
    }
}
