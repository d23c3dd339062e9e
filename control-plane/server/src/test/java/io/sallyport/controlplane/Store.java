package io.sallyport.controlplane;

import io.sallyport.controlplane.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** The stores that every test of the server runs on. */
enum Store {
    EMBEDDED,
    POSTGRESQL;

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String STORE = "store.mv.db";
    private static EmbeddedPostgres postgres;
    private static String template;
    private static Path embedded;
    private static Exception unavailable;

    /** A URL for {@code --db} to an empty database, or {@code null} for the embedded store. */
    String newDatabase() throws Exception {
        if (this == EMBEDDED) {
            return null;
        }
        return create("template " + migrated());
    }

    /** A directory that holds a store without content; its tables are made once for all tests. */
    static Path newDirectory() throws IOException {
        Path directory = Files.createTempDirectory("control-plane");
        synchronized (Store.class) {
            if (embedded == null) {
                Path made = Files.createTempDirectory("migrated");
                Database.open(made, null).close();
                embedded = made.resolve(STORE);
            }
        }
        Files.copy(embedded, directory.resolve(STORE));
        return directory;
    }

    private static synchronized String migrated() throws Exception {
        if (template == null) {
            String url = create("");
            Database.open(Path.of("."), url).close();
            template = name(url);
        }
        return template;
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

    private static synchronized EmbeddedPostgres server() {
        if (postgres == null && unavailable == null) {
            try {
                postgres = EmbeddedPostgres.builder()
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
