package io.sallyport.it.lineage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The same tables several times, with data that differ only in the sensitive columns. Every statement is rolled back. */
final class Variants implements AutoCloseable {

    static final int COUNT = 4;
    static final int MAX_ROWS = 400;

    private final Grammar grammar;
    private final List<Connection> connections;

    /** @param connections one a variant, to a database of its own */
    Variants(Grammar grammar, List<Connection> connections) throws SQLException {
        this.grammar = grammar;
        this.connections = connections;
        for (int i = 0; i < connections.size(); i++) {
            Connection c = connections.get(i);
            c.setAutoCommit(true);
            try (java.sql.Statement s = c.createStatement()) {
                for (String sql : new Data(grammar, i).statements()) {
                    s.execute(sql);
                }
            }
            c.setAutoCommit(false);
        }
    }

    /** Runs the statement on every variant; stops at the first error. */
    List<Result> run(Statement statement) throws SQLException {
        List<Result> results = new ArrayList<>();
        for (Connection connection : connections) {
            Result result = run(connection, statement);
            results.add(result);
            if (!result.error().isEmpty()) {
                break;
            }
        }
        return results;
    }

    private Result run(Connection connection, Statement statement) throws SQLException {
        try (java.sql.Statement s = connection.createStatement()) {
            boolean rows = s.execute(statement.sql());
            List<List<String>> returned = List.of();
            int columns = 0;
            if (rows) {
                try (ResultSet set = s.getResultSet()) {
                    columns = set.getMetaData().getColumnCount();
                    returned = rows(set);
                }
            }
            int changed = rows ? returned.size() : s.getUpdateCount();
            List<List<String>> written = List.of();
            if (statement.writes()) {
                try (ResultSet set =
                        s.executeQuery("SELECT " + clearColumns(statement) + " FROM " + statement.written())) {
                    written = rows(set);
                }
            }
            return new Result(returned, columns, changed, written, "");
        } catch (SQLException e) {
            return Result.failed(e.getSQLState() + " " + e.getMessage());
        } finally {
            connection.rollback();
            if (statement.created() && !grammar.postgres()) {
                try (java.sql.Statement s = connection.createStatement()) {
                    s.execute("DROP TABLE IF EXISTS " + statement.written());
                }
            }
        }
    }

    private String clearColumns(Statement statement) {
        if (statement.created()) {
            return "*";
        }
        return grammar.shop().tables().stream()
                .filter(t -> t.alias().equals(statement.written()))
                .flatMap(t -> t.columns().stream())
                .filter(c -> !c.tainted())
                .map(Column::name)
                .collect(Collectors.joining(", "));
    }

    private static List<List<String>> rows(ResultSet set) throws SQLException {
        int columns = set.getMetaData().getColumnCount();
        List<List<String>> rows = new ArrayList<>();
        while (set.next() && rows.size() < MAX_ROWS) {
            List<String> row = new ArrayList<>(columns);
            for (int i = 1; i <= columns; i++) {
                row.add(String.valueOf(set.getString(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
