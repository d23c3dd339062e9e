package io.sallyport.controlplane;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** The stores that every test of the server runs on. */
enum Store {
    EMBEDDED,
    POSTGRESQL;

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgres postgres;
    private static Exception unavailable;

    /** A URL for {@code --db} to an empty database, or {@code null} for the embedded store. */
    String newDatabase() throws Exception {
        if (this == EMBEDDED) {
            return null;
        }
        EmbeddedPostgres server = server();
        String name = "t" + DATABASES.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.getJdbcUrl("postgres", name);
    }

    /** Another database with the content of one that nobody uses at the moment. */
    static String copyOf(String url) throws Exception {
        String original = url.replaceFirst(".*/(\\w+).*", "$1");
        String name = "t" + DATABASES.incrementAndGet();
        try (Connection connection = server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + original);
        }
        return server().getJdbcUrl("postgres", name);
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
