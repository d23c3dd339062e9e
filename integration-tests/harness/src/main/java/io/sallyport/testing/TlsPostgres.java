package io.sallyport.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL 18 that speaks TLS and, like a badly set up one, plain text too, and then takes passwords in plain: refusing that
 * is the agent's job. Embedded binaries, or a container with {@code -Dsallyport.postgres=container}.
 */
public final class TlsPostgres implements AutoCloseable {

    static final String SUPERUSER = "postgres";
    static final String PASSWORD = "postgres-password-canary";

    private final PostgresServer server;
    private final TestCertificates certificates;
    private final @Nullable Approach approach;

    private TlsPostgres(PostgresServer server, TestCertificates certificates, @Nullable Approach approach) {
        this.server = server;
        this.certificates = certificates;
        this.approach = approach;
    }

    /**
     * An empty one for a test; perhaps one that a test before had ({@link LentPostgres}).
     *
     * @param directory of the test's own; created where it is missing
     */
    public static TlsPostgres start(Path directory) throws IOException, SQLException {
        Files.createDirectories(directory);
        LentPostgres lent = LentPostgres.take();
        return prepared(new TlsPostgres(lent, lent.certificates(), approach(lent)));
    }

    /**
     * One of the caller's own that ends with its close, with nothing before it; for whoever measures or shows it.
     *
     * @param directory for certificates; created where it is missing
     */
    public static TlsPostgres startUnwatched(Path directory) throws IOException, SQLException {
        Files.createDirectories(directory);
        TestCertificates certificates = TestCertificates.create(directory);
        return prepared(new TlsPostgres(PostgresServer.start(certificates), certificates, null));
    }

    private static TlsPostgres prepared(TlsPostgres started) throws IOException, SQLException {
        try {
            started.execute("CREATE ROLE app LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
            return started;
        } catch (SQLException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static Approach approach(PostgresServer server) throws IOException {
        return BehindRelay.isWanted()
                ? BehindRelay.to(server.port())
                : WatchedWire.to(server.port(), TlsBegins.BY_POSTGRESQL);
    }

    /** Why {@link #start} cannot work on this machine with the chosen implementation; {@code null} when it can. */
    public static @Nullable String missing() {
        return PostgresServer.missing();
    }

    /** PEM file of the CA that signed the server's certificate. */
    public Path ca() {
        return certificates.ca();
    }

    public int port() {
        return approach == null ? server.port() : approach.port();
    }

    /** Of the server itself: for tests that are about plain text, and for who is not under test. */
    public int unwatchedPort() {
        return server.port();
    }

    /** URL without TLS settings, as an application would write it that never thought of them. */
    public String url() {
        return "jdbc:postgresql://localhost:" + port() + "/postgres";
    }

    /** The application's user, who has to send a password. */
    public String user() {
        return "app";
    }

    public String password() {
        return PASSWORD;
    }

    /** Name of the user (once a test has made him) who has to show {@link #certificateOf} instead of a password. */
    public String certified() {
        return "certified";
    }

    /** A client's certificate by the CA that the server knows. */
    public IssuedCertificate certificateOf(String user) {
        return certificates.authority().client(user);
    }

    /** A connection of the caller's own JVM, which no agent governs. */
    public Connection ungoverned() throws SQLException {
        return administer(unwatchedPort(), certificates, "postgres");
    }

    static Connection administer(int port, TestCertificates certificates, String database) throws SQLException {
        String tls =
                BehindRelay.isWanted() ? "?sslmode=disable" : "?sslmode=verify-full&sslrootcert=" + certificates.ca();
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + port + "/" + database + tls, SUPERUSER, PASSWORD);
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
