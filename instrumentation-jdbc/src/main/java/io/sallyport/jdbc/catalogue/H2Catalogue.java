package io.sallyport.jdbc.catalogue;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.CatalogueDraft;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.StoredRoutine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** H2 2.x: its {@code INFORMATION_SCHEMA}. */
final class H2Catalogue implements CatalogueReader {

    static final H2Catalogue INSTANCE = new H2Catalogue();

    private static final String PATH = "SELECT CURRENT_SCHEMA";

    private static final String USERS = " WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'";

    private static final String RELATIONS = "SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES" + USERS;

    private static final String COLUMNS =
            "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, GENERATION_EXPRESSION FROM INFORMATION_SCHEMA.COLUMNS"
                    + USERS + " ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION";

    /** Columns that take their values from a sequence or from a domain's default. */
    private static final String ELSEWHERE =
            "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DOMAIN_NAME FROM INFORMATION_SCHEMA.COLUMNS" + USERS
                    + " AND (DOMAIN_NAME IS NOT NULL OR IS_IDENTITY = 'YES')";

    private static final String VIEWS =
            "SELECT TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION FROM INFORMATION_SCHEMA.VIEWS" + USERS;

    private static final String SYNONYMS = "SELECT SYNONYM_SCHEMA, SYNONYM_NAME, SYNONYM_FOR_SCHEMA, SYNONYM_FOR"
            + " FROM INFORMATION_SCHEMA.SYNONYMS";

    private static final String ROUTINES =
            "SELECT ROUTINE_NAME, COALESCE(ROUTINE_DEFINITION, EXTERNAL_NAME)" + " FROM INFORMATION_SCHEMA.ROUTINES";

    private H2Catalogue() {}

    @Override
    public Set<String> statements() {
        return Set.of(PATH, RELATIONS, COLUMNS, ELSEWHERE, VIEWS, SYNONYMS, ROUTINES);
    }

    @Override
    public Catalogue read(Connection connection) throws SQLException {
        CatalogueDraft draft = new CatalogueDraft(Dialect.H2);
        try (Statement statement = connection.createStatement()) {
            path(statement, draft);
            relations(statement, draft);
            Map<String, List<String>> columns = columns(statement, draft);
            elsewhere(statement, draft);
            views(statement, columns, draft);
            synonyms(statement, draft);
            routines(statement, isRemote(connection) ? "java" : StoredRoutine.GOVERNED, draft);
        }
        return draft.build();
    }

    @Override
    public Catalogue unread() {
        return new CatalogueDraft(Dialect.H2).build();
    }

    private static void path(Statement statement, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(PATH)) {
            rows.next();
            draft.path(List.of(rows.getString(1)));
        }
    }

    private static void relations(Statement statement, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(RELATIONS)) {
            while (rows.next()) {
                draft.relation(rows.getString(1), rows.getString(2), List.of());
            }
        }
    }

    private static Map<String, List<String>> columns(Statement statement, CatalogueDraft draft) throws SQLException {
        record Table(String schema, String name) {}
        Map<Table, List<String>> found = new LinkedHashMap<>();
        Map<ColumnOrigin, String> generated = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                Table table = new Table(rows.getString(1), rows.getString(2));
                found.computeIfAbsent(table, t -> new ArrayList<>()).add(rows.getString(3));
                String expression = rows.getString(4);
                if (expression != null) {
                    generated.put(new ColumnOrigin(table.schema, table.name, rows.getString(3)), expression);
                }
            }
        }
        Map<String, List<String>> byName = new LinkedHashMap<>();
        found.forEach((table, columns) -> {
            draft.relation(table.schema, table.name, columns);
            byName.put(table.schema + "." + table.name, columns);
        });
        generated.forEach((column, expression) -> draft.holds(
                column,
                GeneratedColumns.read(
                        expression, column, byName.getOrDefault(column.schema() + "." + column.table(), List.of()))));
        return byName;
    }

    private static void views(Statement statement, Map<String, List<String>> columns, CatalogueDraft draft)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery(VIEWS)) {
            while (rows.next()) {
                String schema = rows.getString(1);
                String name = rows.getString(2);
                String query = rows.getString(3);
                if (query == null) {
                    // A materialised view, or the user may not know: so it may show anything, and so may its storage.
                    opaque(schema, name, draft);
                    opaque(schema, name + "$1", draft);
                } else {
                    draft.view(schema, name, columns.getOrDefault(schema + "." + name, List.of()), query);
                }
            }
        }
    }

    private static void elsewhere(Statement statement, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(ELSEWHERE)) {
            while (rows.next()) {
                KeptPlace place = rows.getString(4) == null ? KeptPlace.SEQUENCES : KeptPlace.DOMAINS;
                draft.holds(
                        new ColumnOrigin(rows.getString(1), rows.getString(2), rows.getString(3)),
                        List.of(place.origin()));
            }
        }
    }

    private static void opaque(String schema, String name, CatalogueDraft draft) {
        draft.holds(new ColumnOrigin(schema, name, ColumnOrigin.WHOLE_ROW), List.of(ColumnOrigin.ANYTHING));
    }

    private static void synonyms(Statement statement, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(SYNONYMS)) {
            while (rows.next()) {
                draft.relation(rows.getString(1), rows.getString(2), List.of());
                String target = quote(rows.getString(3)) + "." + quote(rows.getString(4));
                draft.view(rows.getString(1), rows.getString(2), List.of(), "SELECT * FROM " + target);
            }
        }
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static boolean isRemote(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        return url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:");
    }

    /** Java code, which may ask the database for anything. In this process its connection is governed as any other. */
    private static void routines(Statement statement, String language, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(ROUTINES)) {
            while (rows.next()) {
                String definition = rows.getString(2);
                draft.routine(rows.getString(1), language, definition == null ? "" : definition);
            }
        }
    }
}
