package io.sallyport.benchmarks.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What applications do most: one row by its key, many rows, a batch. The database is named by the system properties
 * {@code benchmark.url}, {@code benchmark.user} and {@code benchmark.password}; without them it is H2 in memory.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JdbcBenchmark {

    private static final String COLUMNS = "SELECT id, name, email, city, visits, balance FROM people";
    private static final int BATCH = 1_000;

    /** The database; made by this program where it is in memory. */
    @State(Scope.Benchmark)
    public static class Database {

        private final String url = System.getProperty("benchmark.url", "jdbc:h2:mem:benchmark;DB_CLOSE_DELAY=-1");
        private final String user = System.getProperty("benchmark.user", "sa");
        private final String password = System.getProperty("benchmark.password", "");

        @Setup
        public void create() throws SQLException {
            if (url.startsWith("jdbc:h2:mem:")) {
                try (Connection c = open()) {
                    Schema.create(c);
                }
            }
        }

        Connection open() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }
    }

    /** One thread's connection. */
    @State(Scope.Thread)
    public static class Session {

        private Connection connection;
        private PreparedStatement byKey;
        private PreparedStatement all;
        private PreparedStatement insert;
        private int next;

        @Setup
        public void open(Database database) throws SQLException {
            connection = database.open();
            byKey = connection.prepareStatement(COLUMNS + " WHERE id = ?");
            all = connection.prepareStatement(COLUMNS);
            insert = connection.prepareStatement("INSERT INTO visits VALUES (?, ?, ?)");
        }

        @TearDown
        public void close() throws SQLException {
            connection.close();
        }
    }

    @Benchmark
    public void pointSelect(Session session, Blackhole into) throws SQLException {
        int id = session.next;
        session.next = id + 1 == Schema.ROWS ? 0 : id + 1;
        session.byKey.setInt(1, id);
        try (ResultSet row = session.byKey.executeQuery()) {
            row.next();
            read(row, into);
        }
    }

    @Benchmark
    public void scan(Session session, Blackhole into) throws SQLException {
        try (ResultSet rows = session.all.executeQuery()) {
            while (rows.next()) {
                read(rows, into);
            }
        }
    }

    @Benchmark
    public int batch(Session session) throws SQLException {
        session.connection.setAutoCommit(false);
        for (int i = 0; i < BATCH; i++) {
            session.insert.setInt(1, i);
            session.insert.setString(2, "Springfield");
            session.insert.setInt(3, i);
            session.insert.addBatch();
        }
        int inserted = session.insert.executeBatch().length;
        session.connection.rollback();
        return inserted;
    }

    private static void read(ResultSet row, Blackhole into) throws SQLException {
        into.consume(row.getInt(1));
        into.consume(row.getString(2));
        into.consume(row.getString(3));
        into.consume(row.getString(4));
        into.consume(row.getInt(5));
        into.consume(row.getLong(6));
    }
}
