package io.sallyport.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A real PostgreSQL 18 that speaks TLS and, like a badly set up one, plain text too: refusing that is the agent's job. */
public final class TlsPostgres implements AutoCloseable {

    private final EmbeddedPostgres server;
    private final TestCertificates certificates;

    private TlsPostgres(EmbeddedPostgres server, TestCertificates certificates) {
        this.server = server;
        this.certificates = certificates;
    }

    /** @param directory for certificates and data; created where it is missing */
    public static TlsPostgres start(Path directory) throws IOException {
        Files.createDirectories(directory);
        TestCertificates certificates = TestCertificates.create(directory);
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificates.certificate().toString())
                .setServerConfig("ssl_key_file", certificates.key().toString())
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        return new TlsPostgres(server, certificates);
    }

    /** PEM file of the CA that signed the server's certificate. */
    public Path ca() {
        return certificates.ca();
    }

    public int port() {
        return server.getPort();
    }

    /** URL without TLS settings, as an application would write it that never thought of them. */
    public String url() {
        return "jdbc:postgresql://localhost:" + port() + "/postgres";
    }

    public String user() {
        return "postgres";
    }

    /** The embedded server trusts local connections; any password will do. */
    public String password() {
        return "postgres-password-canary";
    }

    /** A connection of the caller's own JVM, which no agent governs. */
    public Connection ungoverned() throws SQLException {
        return DriverManager.getConnection(url() + "?sslmode=verify-full&sslrootcert=" + ca(), user(), password());
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
    public @org.jspecify.annotations.Nullable String query(String sql) throws SQLException {
        try (Connection c = ungoverned();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
