package io.sallyport.it.writes;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables that conditions are about: {@code t}, which is written, and {@code u}, which is joined. */
final class Target implements AutoCloseable {

    /** Two numbers and a text. */
    static final List<String> COLUMNS = List.of("n", "m", "s", "w");

    /** The numbers that conditions may hold, and two of every interval between them: columns are compared as well. */
    private static final List<String> NUMBERS = List.of("-5", "-4", "0", "4", "5", "10", "14", "15", "20", "24", "25");

    private static final List<String> TEXTS = List.of("'a'", "'b'", "'bb'", "'d'", "'e'");

    private final Connection connection;

    /** @param withNulls whether NULL is one of the values */
    Target(Connection connection, boolean withNulls) throws SQLException {
        this.connection = connection;
        List<String> numbers = new ArrayList<>(NUMBERS);
        List<String> texts = new ArrayList<>(TEXTS);
        if (withNulls) {
            numbers.add("NULL");
            texts.add("NULL");
        }
        List<String> product = new ArrayList<>();
        for (String n : numbers) {
            for (String m : numbers) {
                for (String s : texts) {
                    product.add("(" + n + ", " + m + ", " + s + ", 'old')");
                }
            }
        }
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (n int, m int, s varchar(20), w varchar(20))");
            statement.execute("INSERT INTO t VALUES " + String.join(", ", product));
            statement.execute("CREATE TABLE u (k int)");
            // Not all of the numbers: what a sub-select holds is no matter of the text.
            statement.execute("INSERT INTO u VALUES (0), (10), (20)" + (withNulls ? ", (NULL)" : ""));
        }
        connection.setAutoCommit(false);
    }

    /** Whether the statement changes every row; it is rolled back. */
    boolean changesAll(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
            try (ResultSet untouched = statement.executeQuery("SELECT count(*) FROM t WHERE w = 'old'")) {
                untouched.next();
                return untouched.getInt(1) == 0;
            }
        } finally {
            connection.rollback();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
