package io.sallyport.it.writes;

import io.sallyport.it.Postgres;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A write that changes every row is said to, and hardly one that doesn't. */
@Tag("build-jdk")
@ExtendWith(Postgres.class)
class PostgresWritesIT {

    @Test
    void whatChangesEveryRowIsUnbounded(TlsPostgres server, @TempDir Path directory) throws Exception {
        WriteRun.over("postgresql", database(server, "writes0"), database(server, "writes1"), directory, 400, 20_000);
    }

    private static Connection database(TlsPostgres server, String name) throws SQLException {
        server.execute("DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name);
        String url = server.url().replaceFirst("/postgres$", "/" + name);
        return DriverManager.getConnection(
                url + "?sslmode=verify-full&sslrootcert=" + server.ca(), server.user(), server.password());
    }
}
