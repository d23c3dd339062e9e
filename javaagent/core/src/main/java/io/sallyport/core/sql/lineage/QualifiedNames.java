package io.sallyport.core.sql.lineage;

import java.util.List;
import java.util.Set;

/** Finds what a name chain ({@code column}, {@code table.column}, {@code schema.table.column}, a field of a column) stands for. */
final class QualifiedNames {

    /** Columns that every table of some server has and no catalogue lists; they hold no row's values. */
    private static final Set<String> SYSTEM_COLUMNS = Set.of(
            "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "oid", "rowid", "_rowid_", "rownum", "ora_rowscn");

    /** PostgreSQL's functions that take any row (manual 9.16, 9.21 and 9.4); {@code c.jsonb_agg} is {@code jsonb_agg(c)}. */
    private static final Set<String> ROW_FUNCTIONS = Set.of(
            "array_agg",
            "any_value",
            "concat",
            "concat_ws",
            "first_value",
            "format",
            "hstore",
            "json_agg",
            "json_agg_strict",
            "json_build_array",
            "json_build_object",
            "jsonb_agg",
            "jsonb_agg_strict",
            "jsonb_build_array",
            "jsonb_build_object",
            "last_value",
            "max",
            "min",
            "quote_literal",
            "quote_nullable",
            "record_out",
            "record_send");

    private QualifiedNames() {}

    static void resolve(List<String> parts, Scope scope, Work work, Origins into) {
        int size = parts.size();
        String column = parts.get(size - 1);
        if (size == 1) {
            scope.resolve(column, into);
            return;
        }
        Relation relation = scope.relation(parts.get(size - 2));
        Relation first = size > 2 ? scope.relation(parts.get(0)) : null;
        if (relation != null) {
            column(relation, column, work, into);
        }
        if (first != null) {
            // A field of a column.
            column(first, parts.get(1), work, into);
        }
        if (relation != null || first != null) {
            return;
        }
        if (column.equals("nextval") || column.equals("currval")) {
            return;
        }
        // A field of a composite column, or a table that isn't in scope.
        scope.resolve(parts.get(0), into);
        into.markIncomplete();
    }

    static void column(Relation relation, String name, Work work, Origins into) {
        Out out = relation.named(name);
        boolean sure = out != null;
        if (!sure) {
            out = relation.maybe(name);
        }
        // Of a table that was changed since its columns were read, the name may be a column's or the user's function's.
        if (out != null && (isRowFunction(name) || !sure && work.isUsersRowFunction(name))) {
            relation.row(into);
        }
        if (out != null) {
            into.add(out);
        } else if (relation.isBase() && SYSTEM_COLUMNS.contains(name)) {
            into.add(relation.origin(name));
        } else {
            // All columns are known and this is none of them: a function of the whole row, in PostgreSQL's attribute
            // notation.
            relation.row(into);
        }
    }

    /** {@code column.method(…)} of SQL Server's XML and Oracle's object types reads the column. */
    static void method(List<String> parts, Scope scope, Work work, Origins into) {
        int size = parts.size();
        if (size == 2) {
            scope.resolve(parts.get(0), into);
        } else if (size > 2 && scope.relation(parts.get(0)) != null) {
            resolve(parts.subList(0, size - 1), scope, work, into);
        }
    }

    /** PostgreSQL reads {@code c.to_json} as {@code to_json(c)} when c has no such column. */
    static boolean isRowFunction(String name) {
        return name.startsWith("to_") || name.startsWith("row_to_") || ROW_FUNCTIONS.contains(name);
    }
}
