package io.sallyport.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A PostgreSQL that the tests of this process use one after the other. Starting one takes seconds, emptying it a tenth of one: whoever takes it
 * finds it as if it had just been started. A test that needs two at once has two. They end with the process. Thread-safe.
 *
 * @param certificates in a directory of the server's own
 */
record LentPostgres(PostgresServer server, TestCertificates certificates) implements PostgresServer {

    private static final Deque<LentPostgres> IDLE = new ConcurrentLinkedDeque<>();

    static LentPostgres take() throws IOException {
        LentPostgres idle = IDLE.poll();
        if (idle != null) {
            try {
                idle.empty();
                return idle;
            } catch (SQLException e) {
                // A test has broken it, or its rules still hold for us: a new one costs time and nothing else.
                idle.server.close();
            }
        }
        Path directory = Files.createTempDirectory("sallyport-postgres");
        TestCertificates certificates = TestCertificates.create(directory);
        return new LentPostgres(PostgresServer.start(certificates), certificates);
    }

    /** Leaves what a new server has: no database but its own, no role but its administrator, no setting of anybody. */
    private void empty() throws SQLException {
        try (Connection c = TlsPostgres.administer(port(), certificates, "template1");
                Statement s = c.createStatement()) {
            for (String database : names(s, "SELECT datname FROM pg_database WHERE NOT datistemplate")) {
                s.execute("DROP DATABASE \"" + database + "\" WITH (FORCE)");
            }
            s.execute("CREATE DATABASE postgres TEMPLATE template0");
            // What is there from the beginning has a number below 16384.
            for (String role : names(s, "SELECT rolname FROM pg_roles WHERE oid >= 16384")) {
                s.execute("DROP ROLE \"" + role + "\"");
            }
            s.execute("ALTER SYSTEM RESET ALL");
            s.execute("SELECT pg_reload_conf()");
        }
    }

    private static List<String> names(Statement s, String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = s.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    @Override
    public int port() {
        return server.port();
    }

    /** Gives it back. */
    @Override
    public void close() {
        IDLE.push(this);
    }
}
