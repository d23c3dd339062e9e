package io.example.probe;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An application with a connection pool that does what its standard input tells it, one line {@code <id> <verb> <rest>} at a time, and
 * prints what it notices, each line with the id in front and {@code <id> end} last.
 *
 * <p>{@code run SQL} executes on the main thread, {@code start SQL} on a thread of its own that {@code interrupt ID} interrupts,
 * {@code twice SQL} twice on one statement, {@code commit SQL} in a transaction of its own that it commits, {@code getters SQL} reads the first column in many ways, {@code connect URL} opens a
 * connection beside the pool. Configured by {@code DB_URL}, {@code DB_USER}, {@code DB_PASSWORD}.
 */
public final class SqlConsole {

    private final HikariDataSource pool;
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();

    private SqlConsole() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(System.getenv("DB_URL"));
        config.setUsername(System.getenv("DB_USER"));
        config.setPassword(System.getenv("DB_PASSWORD"));
        config.setMaximumPoolSize(12);
        // Half of the open connections may wait for approval: enough for two callers at a time.
        config.setMinimumIdle(4);
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(-1);
        pool = new HikariDataSource(config);
    }

    public static void main(String[] arguments) throws IOException {
        SqlConsole console = new SqlConsole();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 3);
            console.perform(words[0], words[1], words.length > 2 ? words[2] : "");
        }
        console.pool.close();
        System.out.println("done");
    }

    private void perform(String id, String verb, String rest) {
        switch (verb) {
            case "run" -> finish(id, () -> pooled(id, rest, 1));
            case "twice" -> finish(id, () -> pooled(id, rest, 2));
            case "commit" -> finish(id, () -> committed(id, rest));
            case "getters" -> finish(id, () -> getters(id, rest));
            case "connect" -> finish(id, () -> connect(id, rest));
            case "start" -> {
                Thread thread = new Thread(() -> finish(id, () -> pooled(id, rest, 1)), id);
                thread.setDaemon(true);
                threads.put(id, thread);
                thread.start();
            }
            case "interrupt" -> finish(id, () -> threads.get(rest).interrupt());
            default -> throw new IllegalArgumentException(verb);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static void finish(String id, Work work) {
        try {
            work.run();
        } catch (SQLException e) {
            failed(id, e);
        } catch (RuntimeException | Error e) {
            System.out.println(id + " broke " + e);
        }
        System.out.println(id + " end");
    }

    private static void failed(String id, SQLException e) {
        System.out.println(id + " failed " + e.getClass().getName() + " " + e.getSQLState() + " " + e.getMessage()
                + (Thread.currentThread().isInterrupted() ? " (interrupted)" : ""));
    }

    private void pooled(String id, String sql, int times) throws SQLException {
        try (Connection c = pool.getConnection();
                Statement s = c.createStatement()) {
            for (int i = 0; i < times; i++) {
                try {
                    execute(id, s, sql);
                } catch (SQLException e) {
                    failed(id, e);
                }
            }
        }
    }

    private void committed(String id, String sql) throws SQLException {
        try (Connection c = pool.getConnection();
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            execute(id, s, sql);
            c.commit();
        }
    }

    private static void execute(String id, Statement s, String sql) throws SQLException {
        if (sql.startsWith("INSERT") || sql.startsWith("DELETE")) {
            System.out.println(id + " count " + s.executeUpdate(sql));
            return;
        }
        if (!s.execute(sql)) {
            System.out.println(id + " count " + s.getUpdateCount());
            return;
        }
        try (ResultSet rows = s.getResultSet()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder line = new StringBuilder(id + " row");
                for (int i = 1; i <= columns; i++) {
                    line.append(" | ").append(rows.getString(i));
                }
                System.out.println(line);
            }
        }
    }

    private void getters(String id, String sql) throws SQLException {
        try (Connection c = pool.getConnection();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            rows.next();
            Getters.ALL.forEach(
                    (name, getter) -> System.out.println(id + " " + name + " " + Getters.read(getter, rows)));
        }
    }

    private static void connect(String id, String url) throws SQLException {
        try (Connection c = DriverManager.getConnection(url, System.getenv("DB_USER"), System.getenv("DB_PASSWORD"));
                Statement s = c.createStatement()) {
            execute(id, s, "SELECT 1");
        }
    }
}
