package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statements that move rows between tables and files: COPY, LOAD DATA, BULK INSERT, SCRIPT. */
final class Transfers {

    private final Tokens t;
    private final Queries queries;
    private final Copies copies;

    Transfers(Work work, Tokens t, Queries queries) {
        this.t = t;
        this.queries = queries;
        this.copies = new Copies(work);
    }

    /**
     * The output columns: none, or those that the statement names. Unknown ones ({@code null}) where a whole table or a star goes to the caller: the
     * server describes no column of what it sends, so that nobody would notice one that the catalogue doesn't know yet.
     */
    @Nullable
    List<Out> copy(Span s) {
        int i = t.is(s.from() + 1, "BINARY") ? s.from() + 2 : s.from() + 1;
        int direction = Clauses.find(t, i, s.to(), Set.of("TO", "FROM"));
        boolean file = t.is(direction + 1, TokenType.STRING) || t.is(direction + 1, "PROGRAM");
        if (t.is(direction, "FROM")) {
            if (file) {
                TableName table = TableName.at(t, i);
                copies.from(KeptPlace.FILES, table, columns(table.end(), s.to()));
            }
            return List.of();
        }
        if (file) {
            copies.kept(KeptPlace.FILES, source(i, s.to()));
        }
        if (direction == s.to()) {
            return List.of();
        }
        List<Out> rows = !file && namesColumns(i, s.to()) ? source(i, s.to()) : List.of();
        return rows.isEmpty() || rows.stream().anyMatch(Out::isOpen) ? null : rows;
    }

    private boolean namesColumns(int i, int to) {
        if (!t.is(i, TokenType.LEFT_PAREN)) {
            return t.is(TableName.at(t, i).end(), TokenType.LEFT_PAREN);
        }
        Span query = Clauses.inside(t, i, to);
        for (int j = query.from(); j < query.to(); j++) {
            boolean star = t.isOp(j, "*") && !t.is(j - 1, TokenType.LEFT_PAREN);
            if (star || t.is(j, "TABLE")) {
                return false;
            }
        }
        return true;
    }

    private List<Out> source(int i, int to) {
        if (t.is(i, TokenType.LEFT_PAREN)) {
            return queries.query(Clauses.inside(t, i, to), null, null);
        }
        TableName table = TableName.at(t, i);
        Relation relation = queries.relations().named(table.table(), table.schema(), table.table());
        List<String> columns = columns(table.end(), to);
        if (columns == null) {
            return relation.outs();
        }
        Scope scope = new Scope(null, false);
        scope.add(relation);
        List<Out> outs = new ArrayList<>();
        for (String column : columns) {
            Origins origins = new Origins();
            scope.resolve(column, origins);
            outs.add(origins.asCopy(column));
        }
        return outs;
    }

    private @Nullable List<String> columns(int open, int to) {
        if (!t.is(open, TokenType.LEFT_PAREN)) {
            return null;
        }
        Span list = Clauses.inside(t, open, to);
        List<String> names = new ArrayList<>();
        for (Span column : Clauses.commaSeparated(t, list.from(), list.to())) {
            names.add(t.name(column.from()));
        }
        return names;
    }

    /** LOAD DATA INFILE … INTO TABLE t, BULK INSERT t FROM '…'. */
    void load(Span s) {
        int table = Clauses.find(t, s.from(), s.to(), t.is(s.from(), "BULK") ? "INSERT" : "TABLE");
        TableName name = TableName.at(t, table + 1);
        if (table < s.to() && !name.isEmpty()) {
            copies.from(KeptPlace.FILES, name, null);
        }
    }

    /**
     * H2's SCRIPT, which writes all rows of all tables or of some: {@code … TO 'file' … TABLE a, b}. Without rows it shows the schema,
     * with what was put into it: sequences, constants, comments, defaults.
     */
    @Nullable
    List<Out> script(Span s) {
        if (t.is(s.from() + 1, "NODATA")) {
            Set<ColumnOrigin> schema = Set.of(
                    KeptPlace.SEQUENCES.origin(),
                    KeptPlace.COMMENTS.origin(),
                    KeptPlace.DOMAINS.origin(),
                    KeptPlace.SETTINGS.origin(),
                    new ColumnOrigin("information_schema", "constants", "value_definition"));
            return List.of(Out.column("script", schema, true));
        }
        int to = Clauses.find(t, s.from(), s.to(), "TO");
        if (to < s.to()) {
            Origins origins = new Origins();
            int tables = Clauses.find(t, to, s.to(), "TABLE");
            for (Span table : Clauses.commaSeparated(t, Math.min(tables + 1, s.to()), s.to())) {
                origins.add(TableName.at(t, table.from()).column(ColumnOrigin.WHOLE_ROW));
            }
            if (tables == s.to()) {
                origins.add(ColumnOrigin.ANYTHING);
            }
            copies.kept(KeptPlace.FILES, origins);
        }
        return null;
    }

    /** SQLite's ATTACH, whose name of a file is an expression: the file is made, and listed under that name. */
    void attach(Span s) {
        Span name = new Span(s.from() + 1, Clauses.find(t, s.from(), s.to(), "AS"));
        Origins origins = new Origins();
        queries.expressions().collect(name, new Scope(null, false), new Ctes(null), origins);
        copies.kept(KeptPlace.FILES, origins);
    }

    /** A whole database goes into a file: H2's BACKUP TO, SQLite's VACUUM INTO, and the {@code backup to} of SQLite's driver. */
    void database(Span s) {
        if (Clauses.find(t, s.from(), s.to(), Set.of("TO", "INTO")) < s.to()) {
            Origins origins = new Origins();
            origins.add(ColumnOrigin.ANYTHING);
            copies.kept(KeptPlace.FILES, origins);
        }
    }
}
