package io.sallyport.core.sql.lineage;

import java.util.List;

/** Finds what a name chain ({@code column}, {@code table.column}, {@code schema.table.column}, a field of a column) stands for. */
final class QualifiedNames {

    private QualifiedNames() {}

    static void resolve(List<String> parts, Scope scope, Origins into) {
        int size = parts.size();
        String column = parts.get(size - 1);
        if (size == 1) {
            scope.resolve(column, into);
            return;
        }
        Relation relation = scope.relation(parts.get(size - 2));
        Relation first = size > 2 ? scope.relation(parts.get(0)) : null;
        if (relation != null) {
            column(relation, column, into);
        }
        if (first != null) {
            // A field of a column.
            column(first, parts.get(1), into);
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

    static void column(Relation relation, String name, Origins into) {
        Out out = relation.named(name);
        if (out == null) {
            out = relation.maybe(name);
        }
        if (out != null && isRowFunction(name)) {
            relation.row(into);
        }
        if (out != null) {
            into.add(out);
        } else if (relation.isBase() && !isRowFunction(name)) {
            into.add(relation.origin(name));
        } else {
            relation.row(into);
        }
    }

    /** {@code column.method(…)} of SQL Server's XML and Oracle's object types reads the column. */
    static void method(List<String> parts, Scope scope, Origins into) {
        int size = parts.size();
        if (size == 2) {
            scope.resolve(parts.get(0), into);
        } else if (size > 2 && scope.relation(parts.get(0)) != null) {
            resolve(parts.subList(0, size - 1), scope, into);
        }
    }

    /** PostgreSQL reads {@code c.to_json} as {@code to_json(c)} when c has no such column. */
    private static boolean isRowFunction(String name) {
        return name.startsWith("to_") || name.startsWith("row_to_") || name.equals("hstore");
    }
}
