package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A masked result that a statement still holds, and calls after it that masks nothing: the driver may refuse them before it lets the result go. */
final class EarlierResults {

    private static final List<String> OTHERS = List.of("SELECT 1", "UPDATE nosuch SET a = 1", "bogus bogus", "");

    private EarlierResults() {}

    private interface Call {
        void on(Statement statement, String sql) throws SQLException;
    }

    private static final List<Call> CALLS = List.of(
            Statement::execute,
            Statement::executeQuery,
            Statement::executeUpdate,
            Statement::executeLargeUpdate,
            (s, sql) -> s.execute(sql, Statement.RETURN_GENERATED_KEYS),
            (s, sql) -> s.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS),
            (s, sql) -> {
                s.addBatch(sql);
                s.executeBatch();
            },
            (s, sql) -> {
                if (s instanceof PreparedStatement p) {
                    p.setString(77, sql);
                    p.executeUpdate();
                }
            },
            (s, sql) -> {
                if (s instanceof PreparedStatement p) {
                    p.addBatch();
                    p.executeBatch();
                }
            });

    /** @param sql reads one masked column, {@code label} */
    static void assertStayMasked(Connection connection, String sql, String label, String secret) throws SQLException {
        List<String> read = new ArrayList<>();
        for (Call call : CALLS) {
            for (String other : OTHERS) {
                for (boolean prepared : new boolean[] {true, false}) {
                    try (Statement s = prepared ? connection.prepareStatement(sql) : connection.createStatement()) {
                        WovenProcess.GATE.masksByLabel = Map.of(label, WovenProcess.textOnly("masked"));
                        assertThat(s instanceof PreparedStatement p ? p.execute() : s.execute(sql))
                                .isTrue();
                        WovenProcess.GATE.masksByLabel = Map.of();
                        attempt(() -> call.on(s, other));
                        attempt(() -> read(s.getResultSet(), read));
                        attempt(() -> read(s.getGeneratedKeys(), read));
                    }
                }
            }
        }
        assertThat(read).doesNotContain(secret);
    }

    /** What an execution that the driver did answer hands out is what that execution showed. */
    static void assertNextIsItsOwn(Connection connection, String sql, String label, String other, String shown)
            throws SQLException {
        try (Statement s = connection.createStatement()) {
            WovenProcess.GATE.masksByLabel = Map.of(label, WovenProcess.textOnly("masked"));
            s.execute(sql);
            attempt(() -> s.execute("bogus bogus"));
            WovenProcess.GATE.masksByLabel = Map.of();
            List<String> read = new ArrayList<>();
            s.execute(other);
            read(s.getResultSet(), read);
            assertThat(read).containsExactly(shown);
        }
    }

    private static void read(ResultSet rows, List<String> into) throws SQLException {
        if (rows != null && rows.next()) {
            into.add(rows.getString(1));
        }
    }

    private interface Attempt {
        void run() throws SQLException;
    }

    private static void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (SQLException | RuntimeException refused) {
            // What is asked is what can be read all the same.
        }
    }
}
