package io.sallyport.it.lineage;

import io.sallyport.it.Postgres;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** No position that changes with a sensitive value comes back clear, and hardly one is masked that does not. No agent takes
 * part: the server is the oracle of the reader of SQL, and is asked past the watched wire. */
@Tag("build-jdk")
@ExtendWith(Postgres.class)
class PostgresLineageIT {

    @Test
    void whatChangesWithASensitiveValueIsMasked(TlsPostgres server, @TempDir Path directory) throws Exception {
        LineageRun.over("postgresql", databases(server), directory, 1_500, 50_000);
    }

    /** A database a variant, so that names of schemas can be written. */
    private static List<Connection> databases(TlsPostgres server) throws SQLException {
        List<Connection> connections = new ArrayList<>();
        // Statistics that are taken of one variant and not yet of another give another plan, and with it another order
        // of rows.
        server.execute("ALTER SYSTEM SET autovacuum = off", "SELECT pg_reload_conf()");
        for (int i = 0; i < Variants.COUNT; i++) {
            server.execute("DROP DATABASE IF EXISTS lineage" + i, "CREATE DATABASE lineage" + i);
            String url = "jdbc:postgresql://localhost:" + server.unwatchedPort() + "/lineage" + i;
            Connection connection = DriverManager.getConnection(
                    url + "?sslmode=verify-full&sslrootcert=" + server.ca(), server.user(), server.password());
            try (java.sql.Statement s = connection.createStatement()) {
                s.execute("SET statement_timeout = '10s'");
                s.execute("SET jit = off");
            }
            connections.add(connection);
        }
        return connections;
    }
}
