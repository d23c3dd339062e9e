package io.sallyport.jdbc.catalogue;

import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.CatalogueDraft;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KeptPlace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** PostgreSQL 10 and later: {@code pg_class} and what hangs on it (PostgreSQL manual, chapter "System Catalogs"). */
final class PostgresqlCatalogue implements CatalogueReader {

    static final PostgresqlCatalogue INSTANCE = new PostgresqlCatalogue();

    /** {@code pg_get_viewdef} takes a lock on the view's tables, and a migration may hold them: whoever connects does not wait for it. */
    private static final String LOCKS = "SET LOCAL lock_timeout = '2s'";

    private static final String TIME = "SET LOCAL statement_timeout = '10s'";

    private static final String END = "ROLLBACK";

    private static final String PATH =
            "SELECT pg_catalog.array_to_string(pg_catalog.current_schemas(false), pg_catalog.chr(1))";

    /** With nothing on it, definitions are written with every name qualified. */
    private static final String NO_PATH = "SET LOCAL search_path = pg_catalog";

    private static final String USERS = " n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ";

    private static final String RELATIONS =
            "SELECT n.nspname, c.relname, pg_catalog.string_agg(a.attname, pg_catalog.chr(1)"
                    + " ORDER BY a.attnum) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attribute a"
                    + " ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                    + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND" + USERS + "GROUP BY 1, 2";

    private static final String VIEWS = "SELECT n.nspname, c.relname, pg_get_viewdef(c.oid) FROM pg_class c"
            + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND" + USERS;

    private static final String PARENTS = "SELECT n.nspname, c.relname, pn.nspname, p.relname FROM pg_inherits i"
            + " JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace"
            + " WHERE p.relkind IN ('r', 'p', 'f')";

    /** A generated column depends on those that its expression reads; {@code attgenerated} is there from version 12 on. */
    private static final String GENERATED = "SELECT n.nspname, c.relname, a.attname, s.attname FROM pg_attrdef d"
            + " JOIN pg_class c ON c.oid = d.adrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum"
            + " JOIN pg_depend x ON x.refclassid = 'pg_class'::regclass AND x.refobjid = d.adrelid"
            + " AND (x.classid = 'pg_attrdef'::regclass AND x.objid = d.oid"
            + " OR x.classid = 'pg_class'::regclass AND x.objid = d.adrelid AND x.objsubid = d.adnum)"
            + " JOIN pg_attribute s ON s.attrelid = d.adrelid AND s.attnum = x.refobjsubid AND s.attnum <> a.attnum"
            + " WHERE COALESCE(to_jsonb(a) ->> 'attgenerated', '') <> '' AND" + USERS;

    /** What an extension brings is known by its documentation, and the dangerous among it by name. */
    private static final String ROUTINES =
            "SELECT p.proname, l.lanname, CASE WHEN l.lanname NOT IN ('sql', 'plpgsql') THEN ''"
                    + " WHEN p.prosrc <> '' THEN p.prosrc ELSE pg_get_functiondef(p.oid) END FROM pg_proc p"
                    + " JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang WHERE"
                    + USERS
                    + "AND NOT EXISTS (SELECT 1 FROM pg_aggregate g WHERE g.aggfnoid = p.oid) AND NOT EXISTS (SELECT 1 FROM pg_depend e"
                    + " WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')";

    /** Columns that take their values from a sequence, which can be set to any number. */
    private static final String NUMBERED = "SELECT n.nspname, c.relname, a.attname FROM pg_attribute a"
            + " JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE a.attnum > 0 AND c.relkind IN ('r', 'p') AND (a.attidentity <> '' OR EXISTS (SELECT 1 FROM pg_attrdef d"
            + " JOIN pg_depend x ON x.classid = 'pg_attrdef'::regclass AND x.objid = d.oid AND x.refclassid = 'pg_class'::regclass"
            + " JOIN pg_class s ON s.oid = x.refobjid AND s.relkind = 'S' WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum)) AND"
            + USERS;

    private static final String TRIGGERS = "SELECT n.nspname, c.relname, l.lanname, p.prosrc FROM pg_trigger t"
            + " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_language l ON l.oid = p.prolang WHERE NOT t.tgisinternal AND"
            + USERS;

    private PostgresqlCatalogue() {}

    @Override
    public Set<String> statements() {
        return Set.of(
                END, LOCKS, TIME, PATH, NO_PATH, RELATIONS, VIEWS, PARENTS, GENERATED, NUMBERED, ROUTINES, TRIGGERS);
    }

    @Override
    public Catalogue read(Connection connection) throws SQLException {
        CatalogueDraft draft = draft();
        try (Statement statement = connection.createStatement()) {
            try {
                read(statement, draft);
            } finally {
                // The driver's own rollback is a prepared statement with a name, which would stay behind.
                statement.execute(END);
            }
        }
        return draft.build();
    }

    private static void read(Statement statement, CatalogueDraft draft) throws SQLException {
        statement.execute(LOCKS);
        statement.execute(TIME);
        path(statement, draft);
        statement.execute(NO_PATH);
        Map<String, List<String>> columns = relations(statement, draft);
        views(statement, columns, draft);
        parents(statement, draft);
        generated(statement, draft);
        numbered(statement, draft);
        routines(statement, draft);
        triggers(statement, draft);
    }

    @Override
    public Catalogue unread() {
        return draft().build();
    }

    private static CatalogueDraft draft() {
        CatalogueDraft draft = new CatalogueDraft(Dialect.POSTGRESQL);
        // Objects that others wrote; what this process writes there is followed.
        draft.holds(new ColumnOrigin("pg_catalog", "pg_largeobject", "data"), List.of(ColumnOrigin.ANYTHING));
        return draft;
    }

    private static void path(Statement statement, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(PATH)) {
            if (rows.next()) {
                draft.path(split(rows.getString(1)));
            }
        }
    }

    private static Map<String, List<String>> relations(Statement statement, CatalogueDraft draft) throws SQLException {
        Map<String, List<String>> found = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(RELATIONS)) {
            while (rows.next()) {
                List<String> columns = split(rows.getString(3));
                draft.relation(rows.getString(1), rows.getString(2), columns);
                found.put(rows.getString(1) + "." + rows.getString(2), columns);
            }
        }
        return found;
    }

    private static void views(Statement statement, Map<String, List<String>> columns, CatalogueDraft draft)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery(VIEWS)) {
            while (rows.next()) {
                String schema = rows.getString(1);
                String name = rows.getString(2);
                draft.view(schema, name, columns.getOrDefault(schema + "." + name, List.of()), rows.getString(3));
            }
        }
    }

    private static void parents(Statement statement, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(PARENTS)) {
            while (rows.next()) {
                draft.inherits(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
            }
        }
    }

    private static void generated(Statement statement, CatalogueDraft draft) throws SQLException {
        Map<ColumnOrigin, List<ColumnOrigin>> found = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(GENERATED)) {
            while (rows.next()) {
                String schema = rows.getString(1);
                String table = rows.getString(2);
                found.computeIfAbsent(new ColumnOrigin(schema, table, rows.getString(3)), c -> new ArrayList<>())
                        .add(new ColumnOrigin(schema, table, rows.getString(4)));
            }
        }
        found.forEach(draft::holds);
    }

    private static void routines(Statement statement, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(ROUTINES)) {
            while (rows.next()) {
                draft.routine(rows.getString(1), rows.getString(2), rows.getString(3));
            }
        }
    }

    private static void numbered(Statement statement, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(NUMBERED)) {
            while (rows.next()) {
                draft.holds(
                        new ColumnOrigin(rows.getString(1), rows.getString(2), rows.getString(3)),
                        List.of(KeptPlace.SEQUENCES.origin()));
            }
        }
    }

    private static void triggers(Statement statement, CatalogueDraft draft) throws SQLException {
        try (ResultSet rows = statement.executeQuery(TRIGGERS)) {
            while (rows.next()) {
                draft.trigger(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
            }
        }
    }

    private static List<String> split(@org.jspecify.annotations.Nullable String joined) {
        return joined == null || joined.isEmpty() ? List.of() : List.of(joined.split("\u0001", -1));
    }
}
