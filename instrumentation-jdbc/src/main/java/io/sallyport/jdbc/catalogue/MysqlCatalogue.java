package io.sallyport.jdbc.catalogue;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.CatalogueDraft;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** MySQL 5.7 and later, MariaDB 10.2 and later: {@code information_schema}. What it calls a schema is what JDBC calls a catalogue. */
final class MysqlCatalogue implements CatalogueReader {

    static final MysqlCatalogue INSTANCE = new MysqlCatalogue();

    private static final String PATH = "SELECT DATABASE()";

    private static final String RELATIONS = "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES";

    private static final String USERS =
            " WHERE TABLE_SCHEMA NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')";

    private static final String COLUMNS =
            "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, GENERATION_EXPRESSION FROM information_schema.COLUMNS"
                    + USERS + " ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION";

    private static final String VIEWS =
            "SELECT TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION FROM information_schema.VIEWS" + USERS;

    private static final String ROUTINES =
            "SELECT ROUTINE_NAME, ROUTINE_DEFINITION FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA NOT IN ('mysql', 'sys')";

    private static final String TRIGGERS =
            "SELECT EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE, ACTION_STATEMENT FROM information_schema.TRIGGERS";

    private MysqlCatalogue() {}

    @Override
    public Set<String> statements() {
        return Set.of(PATH, RELATIONS, COLUMNS, VIEWS, ROUTINES, TRIGGERS);
    }

    @Override
    public Catalogue read(Connection connection) throws SQLException {
        CatalogueDraft draft = new CatalogueDraft(Dialect.MYSQL);
        try (Statement statement = connection.createStatement()) {
            path(statement, draft);
            try (ResultSet rows = statement.executeQuery(RELATIONS)) {
                while (rows.next()) {
                    draft.relation(rows.getString(1), rows.getString(2), List.of());
                }
            }
            views(statement, columns(statement, draft), draft);
            routines(statement, draft);
            triggers(statement, draft);
        }
        return draft.build();
    }

    @Override
    public Catalogue unread() {
        return new CatalogueDraft(Dialect.MYSQL).build();
    }

    private static void path(Statement statement, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(PATH)) {
            String schema = rows.next() ? rows.getString(1) : null;
            draft.path(schema == null ? List.of() : List.of(schema));
        }
    }

    private static Map<Table, List<String>> columns(Statement statement, CatalogueDraft draft) throws SQLException {
        Map<Table, List<String>> found = new LinkedHashMap<>();
        Map<ColumnOrigin, String> generated = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                Table table = new Table(rows.getString(1), rows.getString(2));
                found.computeIfAbsent(table, t -> new ArrayList<>()).add(rows.getString(3));
                String expression = rows.getString(4);
                if (expression != null && !expression.isEmpty()) {
                    generated.put(new ColumnOrigin(table.schema(), table.name(), rows.getString(3)), expression);
                }
            }
        }
        found.forEach((table, columns) -> draft.relation(table.schema(), table.name(), columns));
        generated.forEach((column, expression) ->
                draft.holds(column, GeneratedColumns.read(expression, column, found.get(new Table(column)))));
        return found;
    }

    private static void views(Statement statement, Map<Table, List<String>> columns, CatalogueDraft draft)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery(VIEWS)) {
            while (rows.next()) {
                Table view = new Table(rows.getString(1), rows.getString(2));
                String query = rows.getString(3);
                if (query == null || query.isEmpty()) {
                    // Without the right to see its definition it may show anything.
                    draft.holds(
                            new ColumnOrigin(view.schema(), view.name(), ColumnOrigin.WHOLE_ROW),
                            List.of(ColumnOrigin.ANYTHING));
                } else {
                    draft.view(view.schema(), view.name(), columns.getOrDefault(view, List.of()), query);
                }
            }
        }
    }

    /** What reads a table may return anything of it, and a session variable may hold anything. */
    private static void routines(Statement statement, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(ROUTINES)) {
            while (rows.next()) {
                String body = rows.getString(2);
                boolean told = body != null && body.indexOf('@') < 0;
                draft.routine(rows.getString(1), told ? "plpgsql" : "unknown", told ? body : "");
            }
        }
    }

    private static void triggers(Statement statement, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(TRIGGERS)) {
            while (rows.next()) {
                String body = rows.getString(3);
                boolean told = body != null && body.indexOf('@') < 0;
                draft.trigger(rows.getString(1), rows.getString(2), told ? "plpgsql" : "unknown", told ? body : "");
            }
        }
    }

    private record Table(String schema, String name) {
        Table(ColumnOrigin column) {
            this(String.valueOf(column.schema()), column.table());
        }
    }
}
