package io.sallyport.it.lineage;

import io.sallyport.testing.MariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As on PostgreSQL, with MySQL's words: no position that changes with a sensitive value comes back clear. No agent and
 * no policy takes part: what is asked is the reader of SQL, and the server is its oracle, hence no TLS and no watched wire. */
@Tag("build-jdk")
class MariaDbLineageIT {

    @Test
    void whatChangesWithASensitiveValueIsMasked(@TempDir Path directory) throws Exception {
        try (MariaDb server = MariaDb.startWithoutTls()) {
            LineageRun.over("mysql", databases(server), directory, 1_500, 50_000);
        }
    }

    private static List<Connection> databases(MariaDb server) throws SQLException {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < Variants.COUNT; i++) {
            server.execute("CREATE DATABASE lineage" + i + " CHARACTER SET utf8mb4");
            Connection connection = server.ungoverned();
            connection.setCatalog("lineage" + i);
            try (java.sql.Statement s = connection.createStatement()) {
                s.execute("SET max_statement_time = 10");
            }
            connections.add(connection);
        }
        return connections;
    }
}
