package io.sallyport.it.writes;

import io.sallyport.testing.MariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As on PostgreSQL: a write that changes every row is said to, and hardly one that doesn't. The server is an oracle that no agent is asked about, hence
 * no TLS and no watched wire. */
@Tag("build-jdk")
class MariaDbWritesIT {

    @Test
    void whatChangesEveryRowIsUnbounded(@TempDir Path directory) throws Exception {
        try (MariaDb server = MariaDb.startWithoutTls()) {
            WriteRun.over("mysql", database(server, "writes0"), database(server, "writes1"), directory, 400, 20_000);
        }
    }

    private static Connection database(MariaDb server, String name) throws SQLException {
        server.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        Connection connection = server.ungoverned();
        connection.setCatalog(name);
        return connection;
    }
}
