package io.sallyport.controlplane;

import io.sallyport.testing.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The stores that every test of the server runs on. */
enum Store {
    EMBEDDED,
    POSTGRESQL;

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgres postgres;
    private static Exception unavailable;

    private Begun begun;

    /** A control plane that was started once: keys, administrator, first policy. Made once for all tests, which get copies. */
    private record Begun(Path data, String database) {}

    /** A URL for {@code --db} to a database that goes with {@link #newDirectory}, or {@code null} for the embedded store. */
    String newDatabase() throws Exception {
        return this == EMBEDDED ? null : copyOf(begun().database());
    }

    /** The data directory of a control plane that was started once and has not done anything. */
    Path newDirectory() throws Exception {
        Path made = begun().data();
        Path directory = Files.createTempDirectory("control-plane");
        try (Stream<Path> files = Files.list(made)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
        return directory;
    }

    private synchronized Begun begun() throws Exception {
        if (begun == null) {
            Path data = Files.createTempDirectory("begun");
            String database = this == EMBEDDED ? null : create("");
            ControlPlane.start(new Settings(data, "127.0.0.1", 0, List.of(), null, database))
                    .close();
            begun = new Begun(data, database);
        }
        return begun;
    }

    private static String create(String how) throws Exception {
        EmbeddedPostgres server = server();
        String name = "t" + DATABASES.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " " + how);
        }
        return server.getJdbcUrl("postgres", name);
    }

    private static String name(String url) {
        return url.replaceFirst(".*/(\\w+).*", "$1");
    }

    /** Another database with the content of one that nobody uses at the moment. */
    static String copyOf(String url) throws Exception {
        return create("template " + name(url));
    }

    /** Ends every connection to a database, as a failing network or a restarted server does. */
    static void dropConnections(String url) {
        try (Connection connection = server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name(url) + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized EmbeddedPostgres server() {
        if (postgres == null && unavailable == null) {
            try {
                postgres = EmbeddedPostgres.builder()
                        .setPort(FreePort.find())
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (Exception e) {
                unavailable = e;
            }
        }
        Assumptions.assumeTrue(
                postgres != null, () -> "PostgreSQL cannot run here, its half is skipped: " + unavailable);
        return postgres;
    }
}
