package io.sallyport.jdbc.catalogue;

import io.sallyport.core.command.Target;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.CatalogueDraft;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.Rowids;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQLite 3.26 and later: {@code sqlite_master} and {@code pragma_table_xinfo}. */
final class SqliteCatalogue implements CatalogueReader {

    static final SqliteCatalogue INSTANCE = new SqliteCatalogue();

    private static final String SCHEMA = "main";

    private static final String RELATIONS =
            "SELECT name, type, sql, tbl_name FROM sqlite_master WHERE type IN ('table', 'view', 'trigger')";

    /** {@code hidden} is 2 or 3 for generated columns; of what they are computed is in the table's text only. */
    private static final String COLUMNS =
            "SELECT m.name, x.name, x.hidden, x.pk, x.type FROM sqlite_master m, pragma_table_xinfo(m.name) x"
                    + " WHERE m.type IN ('table', 'view') ORDER BY m.name, x.cid";

    /** As SQLite writes a view's statement down: up to its query. */
    private static final Pattern VIEW = Pattern.compile(
            "\\s*CREATE\\s+(?:TEMP\\w*\\s+)?VIEW\\s+(?:\"[^\"]*\"|`[^`]*`|\\[[^\\]]*\\]|[\\w$]+)\\s*"
                    + "(?:\\([^()]*\\)\\s*)?AS\\b(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private SqliteCatalogue() {}

    @Override
    public Set<String> statements() {
        return Set.of(RELATIONS, COLUMNS);
    }

    @Override
    public Catalogue read(Connection connection) throws SQLException {
        CatalogueDraft draft = draft();
        draft.path(List.of(SCHEMA));
        try (Statement statement = connection.createStatement()) {
            Map<String, List<String>> columns = columns(statement, draft);
            try (ResultSet rows = statement.executeQuery(RELATIONS)) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    if (rows.getString(2).equals("trigger")) {
                        draft.trigger(SCHEMA, rows.getString(4), "sql", String.valueOf(rows.getString(3)));
                        continue;
                    }
                    List<String> its = columns.getOrDefault(name, List.of());
                    draft.relation(SCHEMA, name, its);
                    if (rows.getString(2).equals("view")) {
                        view(name, its, rows.getString(3), draft);
                    }
                }
            }
        }
        return draft.build();
    }

    /** A database in memory begins empty with its connection, so all that is in it was seen. */
    @Override
    public boolean isShared(Target target) {
        return !target.url().contains("memory") && !target.database().isEmpty();
    }

    @Override
    public Catalogue unread() {
        return draft().build();
    }

    private static CatalogueDraft draft() {
        return new CatalogueDraft(Dialect.SQLITE);
    }

    private static void view(String name, List<String> columns, String sql, CatalogueDraft draft) {
        Matcher text = VIEW.matcher(sql == null ? "" : sql);
        if (text.matches()) {
            draft.view(SCHEMA, name, columns, text.group(1).strip());
        } else {
            draft.holds(new ColumnOrigin(SCHEMA, name, ColumnOrigin.WHOLE_ROW), List.of(ColumnOrigin.ANYTHING));
        }
    }

    private static Map<String, List<String>> columns(Statement statement, CatalogueDraft draft) throws SQLException {
        Map<String, List<String>> found = new HashMap<>();
        Map<String, List<String>> generated = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                found.computeIfAbsent(rows.getString(1), t -> new ArrayList<>()).add(rows.getString(2));
                if (rows.getInt(4) == 1 && "INTEGER".equalsIgnoreCase(rows.getString(5))) {
                    // Of a key of several columns the first is no row's number, which does no harm.
                    ColumnOrigin key = new ColumnOrigin(SCHEMA, rows.getString(1), rows.getString(2));
                    Rowids.of(key).forEach(copy -> draft.holds(copy.into(), copy.from()));
                }
                if (rows.getInt(3) >= 2) {
                    generated
                            .computeIfAbsent(rows.getString(1), t -> new ArrayList<>())
                            .add(rows.getString(2));
                }
            }
        }
        generated.forEach((table, names) -> {
            for (String column : names) {
                List<ColumnOrigin> others = new ArrayList<>();
                for (String other : found.getOrDefault(table, List.of())) {
                    if (!other.equals(column)) {
                        others.add(new ColumnOrigin(SCHEMA, table, other));
                    }
                }
                draft.holds(new ColumnOrigin(SCHEMA, table, column), others);
            }
        });
        return found;
    }
}
