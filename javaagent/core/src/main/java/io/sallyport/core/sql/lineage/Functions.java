package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Columns of functions that stand in FROM. Their number matters as much as their origins: one column more or less in front of a
 * masked one, and behind a star the wrong position would be masked. Of a function that isn't known here neither is told.
 */
final class Functions {

    /** One column, called as the function or its alias. */
    private static final Set<String> ONE = Set.of(
            "generate_series",
            "generate_subscripts",
            "string_to_table",
            "regexp_matches",
            "regexp_split_to_table",
            "regexp_split_to_array",
            "json_object_keys",
            "jsonb_object_keys",
            "jsonb_path_query",
            "jsonb_path_query_array",
            "jsonb_path_query_first",
            "to_tsquery",
            "plainto_tsquery",
            "phraseto_tsquery",
            "websearch_to_tsquery",
            "system_range",
            "current_date",
            "now");

    /** One column, called {@code value} whatever the alias. */
    private static final Set<String> VALUE = Set.of(
            "json_array_elements",
            "jsonb_array_elements",
            "json_array_elements_text",
            "jsonb_array_elements_text",
            "string_split");

    private static final Set<String> EACH =
            Set.of("json_each", "jsonb_each", "json_each_text", "jsonb_each_text", "json_tree");
    private static final Set<String> SQLITE_TABLES = Set.of(
            "fsdir", "zipfile", "dbstat", "bytecode", "tables_used", "completion", "carray", "sqlite_stmt", "stmt");
    private static final List<String> SQLITE_JSON =
            List.of("key", "value", "type", "atom", "id", "parent", "fullkey", "path");
    private static final Set<String> COLUMNS_CLAUSE = Set.of("json_table", "xmltable");

    /** Functions of which only the number of columns isn't known: what they yield is made of their arguments. */
    private static final Set<String> PURE = Set.of(
            "unnest",
            "json_to_record",
            "jsonb_to_record",
            "json_to_recordset",
            "jsonb_to_recordset",
            "json_populate_record",
            "jsonb_populate_record",
            "json_populate_recordset",
            "jsonb_populate_recordset",
            "openjson",
            "openxml",
            "table",
            "values",
            "xmlsequence",
            "nodes");

    private static final Set<String> RECORD = Set.of("json_to_record", "jsonb_to_record");

    private final Work work;
    private final Tokens t;
    private final Queries queries;

    Functions(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
    }

    Relation relation(FromItem item, Scope scope, Ctes ctes) {
        List<Out> outs = new ArrayList<>(
                item.table().equals("rows from") && item.name().size() == 1
                        ? rowsFrom(item, scope, ctes)
                        : call(item, item.label(), scope, ctes));
        Out any = any(outs);
        if (item.defined()) {
            outs.clear();
            outs.addAll(defined(item, any, scope, ctes));
        }
        if (item.ordinality()) {
            outs.add(Out.column("ordinality", Set.of(), true));
        }
        return Relation.function(item.label(), WithClause.renamed(outs, item.columns()), any);
    }

    /** Columns that the query defines: members of the object that the function takes apart, where that tells them. */
    private List<Out> defined(FromItem item, Out any, Scope scope, Ctes ctes) {
        List<Out> members = RECORD.contains(item.table()) && item.schema() == null
                ? queries.expressions().json().of(item.body(), scope, ctes)
                : null;
        List<Out> outs = new ArrayList<>();
        for (String column : item.columns()) {
            Origins origins = new Origins();
            boolean told = RowFields.named(column, members, origins);
            outs.add(told ? origins.asColumn(column) : any);
        }
        return outs;
    }

    private static Out any(List<Out> outs) {
        Origins origins = new Origins();
        outs.forEach(origins::add);
        return origins.asColumn(null);
    }

    private List<Out> rowsFrom(FromItem item, Scope scope, Ctes ctes) {
        List<Out> outs = new ArrayList<>();
        for (Span call :
                Clauses.commaSeparated(t, item.body().from(), item.body().to())) {
            for (FromItem inner : queries.relations().items(call)) {
                outs.addAll(queries.relations().relation(inner, scope, ctes).outs());
            }
        }
        return outs;
    }

    /** SQLite: whether a table that is called is none of its own table-valued functions (sqlite.org, "Table-valued functions"). */
    private static boolean mayBeFullText(String name) {
        return !EACH.contains(name)
                && !ONE.contains(name)
                && !SQLITE_TABLES.contains(name)
                && !name.startsWith("pragma_");
    }

    private List<Out> call(FromItem item, String label, Scope scope, Ctes ctes) {
        Origins origins = new Origins();
        String name = item.table();
        int columns = COLUMNS_CLAUSE.contains(name)
                ? Clauses.find(t, item.body().from(), item.body().to(), "COLUMNS")
                : item.body().to();
        queries.expressions().collect(new Span(item.body().from(), columns), scope, ctes, origins);
        defaults(new Span(columns, item.body().to()), scope, ctes, origins);
        if (name.equals("nodes") && item.name().size() > 1) {
            // column.nodes(…) reads the column.
            scope.resolve(item.name().get(item.name().size() - 2), origins);
        } else if (item.schema() != null && !Set.of("pg_catalog", "sys").contains(item.schema())) {
            // A user's function, whatever its name.
            name = "";
        }
        queries.expressions().kept().call(name.isEmpty() ? item.table() : name, item.body(), scope, ctes, origins);
        if (work.dialect == Dialect.SQLITE && mayBeFullText(name)) {
            // A full-text table is called with what is looked for: f('word').
            TableName table = TableName.of(item.table());
            queries.read(item.schema(), item.table());
            origins.add(table.column(ColumnOrigin.WHOLE_ROW));
        }
        if (name.equals("changetable") && t.isName(item.body().from() + 1)) {
            return changes(item);
        }
        Out each = origins.asColumn(null);
        if (name.equals("unnest")) {
            return unnest(item.body(), label, scope, ctes, each);
        }
        if (ONE.contains(name)) {
            String own = work.dialect == Dialect.SQLITE ? "value" : work.dialect == Dialect.H2 ? "x" : label;
            return List.of(each.named(own));
        }
        if (VALUE.contains(name) && !(name.equals("string_split") && commas(item.body()) > 1)) {
            return List.of(each.named("value"));
        }
        if (EACH.contains(name)) {
            List<Out> outs = new ArrayList<>(
                    named(each, work.dialect == Dialect.SQLITE ? SQLITE_JSON : List.of("key", "value")));
            if (isRowsJson(item.body(), scope) || isKnownObject(item.body(), scope, ctes)) {
                // Names of columns.
                outs.set(0, Out.column("key", Set.of(), true));
            }
            return outs;
        }
        if (name.equals("openjson") && item.columns().isEmpty()) {
            return named(each, List.of("key", "value", "type"));
        }
        if (COLUMNS_CLAUSE.contains(name)) {
            List<Out> outs = new ArrayList<>();
            boolean known = columns < item.body().to()
                    && declared(columns + 1, item.body().to(), each, outs, 0);
            return known ? outs : List.of(each.repeated());
        }
        // What a routine of the catalogue returns is added to the output by its name.
        boolean told = PURE.contains(name)
                || work.schema.catalogue().isPureFunction(name)
                || !work.schema.catalogue().routines(item.table()).isEmpty();
        if (!told) {
            origins.markIncomplete();
            each = origins.asColumn(null);
        }
        return List.of(each.repeated());
    }

    /**
     * SQL Server: {@code CHANGETABLE (CHANGES t, version)} and {@code (VERSION t, …)} give columns of the table under their names, those of its
     * key, beside the changes' own.
     */
    private List<Out> changes(FromItem item) {
        Span named = Clauses.commaSeparated(
                        t, item.body().from() + 1, item.body().to())
                .get(0);
        FromItem table = queries.relations().items(named).get(0);
        queries.read(table.schema(), table.table());
        return List.of(Out.all(
                Relation.base(table.label(), work.schema.resolve(table.schema(), table.table()), table.table(), null)));
    }

    /** {@code to_jsonb(t)} of a relation {@code t}. */
    private boolean isRowsJson(Span arguments, Scope scope) {
        int i = arguments.from();
        return work.dialect == Dialect.POSTGRESQL
                && arguments.to() == i + 4
                && t.isAny(i, "TO_JSON", "TO_JSONB", "ROW_TO_JSON")
                && t.is(i + 1, TokenType.LEFT_PAREN)
                && t.isName(i + 2)
                && isRow(t.name(i + 2), scope);
    }

    /** Whether the text itself names all members of the object. */
    private boolean isKnownObject(Span object, Scope scope, Ctes ctes) {
        return work.dialect == Dialect.POSTGRESQL
                && queries.expressions().json().of(object, scope, ctes) != null;
    }

    /** Whether the name means a relation's row and not a column, whose own keys could be anything. */
    private static boolean isRow(String name, Scope scope) {
        Relation relation = scope.relation(name);
        return relation != null && relation.named(name) == null && relation.maybe(name) == null;
    }

    private int commas(Span span) {
        return Clauses.commaSeparated(t, span.from(), span.to()).size() - 1;
    }

    private static List<Out> named(Out each, List<String> names) {
        return names.stream().map(each::named).toList();
    }

    /** One column an argument, unless the arrays hold rows. */
    private List<Out> unnest(Span arguments, String label, Scope scope, Ctes ctes, Out each) {
        List<Span> arrays = Clauses.commaSeparated(t, arguments.from(), arguments.to());
        if (each.row() || work.dialect == Dialect.ORACLE || work.dialect == Dialect.TSQL) {
            return List.of(each.repeated());
        }
        List<Out> outs = new ArrayList<>();
        for (Span array : arrays) {
            Origins origins = new Origins();
            queries.expressions().collect(array, scope, ctes, origins);
            outs.add(origins.asColumn(arrays.size() == 1 ? label : "unnest"));
        }
        return outs;
    }

    /** What a COLUMNS clause puts in the place of what is missing, and paths that are no literals. Its names and types say nothing. */
    private void defaults(Span clause, Scope scope, Ctes ctes, Origins into) {
        for (int i = clause.from(); i < clause.to(); i++) {
            boolean computed = t.is(i, "DEFAULT") || t.is(i, "PATH") && !t.is(i + 1, TokenType.STRING);
            if (computed) {
                int end = i + 1;
                while (end < clause.to()
                        && !t.is(end, TokenType.COMMA)
                        && !t.is(end, TokenType.RIGHT_PAREN)
                        && !t.isAny(end, "ON", "PATH", "DEFAULT", "NOT")) {
                    end = t.skip(end, clause.to());
                }
                queries.expressions().collect(new Span(i + 1, end), scope, ctes, into);
            }
        }
    }

    /** COLUMNS of JSON_TABLE and XMLTABLE; {@code false} when they cannot be read. */
    private boolean declared(int from, int to, Out each, List<Out> outs, int depth) {
        if (depth > 16) {
            return false;
        }
        Span list = t.is(from, TokenType.LEFT_PAREN) ? Clauses.inside(t, from, to) : new Span(from, to);
        for (Span column : Clauses.commaSeparated(t, list.from(), list.to())) {
            int i = column.from();
            if (t.is(i, "NESTED")) {
                int inner = Clauses.find(t, i, column.to(), "COLUMNS");
                if (inner == column.to() || !declared(inner + 1, column.to(), each, outs, depth + 1)) {
                    return false;
                }
            } else if (!t.isName(i)) {
                return false;
            } else {
                boolean counter = t.is(i + 1, "FOR") && t.is(i + 2, "ORDINALITY");
                outs.add(counter ? Out.column(t.name(i), Set.of(), true) : each.named(t.name(i)));
            }
        }
        return !outs.isEmpty();
    }
}
