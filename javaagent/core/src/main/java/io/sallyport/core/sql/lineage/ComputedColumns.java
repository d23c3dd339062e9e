package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;

/** Columns that the server computes from others: generated ones, defaults, and what {@code ALTER … TYPE … USING} makes of them. */
final class ComputedColumns {

    /** What introduces an expression in a column's definition. */
    private static final Set<String> COMPUTED = Set.of("AS", "DEFAULT", "USING", "UPDATE", "EXPRESSION");

    /** What ends an expression there, behind its first token. */
    private static final Set<String> ENDS = Set.of(
            "NOT",
            "NULL",
            "CHECK",
            "REFERENCES",
            "UNIQUE",
            "PRIMARY",
            "CONSTRAINT",
            "COMMENT",
            "STORED",
            "VIRTUAL",
            "PERSISTED",
            "PERSISTENT",
            "COLLATE",
            "GENERATED",
            "AFTER",
            "FIRST",
            "ON",
            "KEY",
            "INVISIBLE",
            "VISIBLE",
            "WITH",
            "SELECTIVITY",
            "DEFAULT",
            "AUTO_INCREMENT");

    /** First words of items that define no column. */
    private static final Set<String> NO_COLUMNS = Set.of(
            "CONSTRAINT",
            "PRIMARY",
            "FOREIGN",
            "UNIQUE",
            "CHECK",
            "INDEX",
            "KEY",
            "FULLTEXT",
            "SPATIAL",
            "EXCLUDE",
            "LIKE",
            "PARTITION",
            "PERIOD",
            "SUPPLEMENTAL",
            "GENERATED");

    private final Work work;
    private final Tokens t;
    private final Queries queries;
    private final Copies copies;
    private boolean adding;

    ComputedColumns(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
        this.copies = new Copies(work);
    }

    /** Definitions of CREATE TABLE's list. */
    void list(TableName table, Span list) {
        for (Span item : Clauses.commaSeparated(t, list.from(), list.to())) {
            definition(table, item);
        }
    }

    /** One action of ALTER TABLE. */
    void action(TableName table, Span action) {
        int i = action.from();
        boolean keyword = t.isAny(i, "ADD", "MODIFY", "ALTER", "CHANGE");
        if (!keyword) {
            if (adding) {
                // SQL Server's ADD a …, b …
                definition(table, action);
            }
            return;
        }
        adding = t.is(i, "ADD");
        boolean renames = t.is(i, "CHANGE");
        i = t.is(i + 1, "COLUMN") ? i + 2 : i + 1;
        while (t.isAny(i, "IF", "NOT", "EXISTS")) {
            i++;
        }
        if (t.is(i, TokenType.LEFT_PAREN)) {
            list(table, Clauses.inside(t, i, action.to()));
        } else {
            definition(table, new Span(renames ? i + 1 : i, action.to()));
        }
    }

    private void definition(TableName table, Span item) {
        int i = item.from();
        if (!t.isName(i) || t.is(i, TokenType.WORD) && NO_COLUMNS.contains(t.word(i))) {
            return;
        }
        for (int j = i + 1; j < item.to(); j = t.skip(j, item.to())) {
            if (t.is(j, TokenType.WORD) && COMPUTED.contains(t.word(j)) && !t.is(j - 1, TokenType.DOT)) {
                int from = t.is(j, "EXPRESSION") && t.is(j + 1, "AS") ? j + 2 : j + 1;
                expression(table, t.name(i), new Span(from, end(from, item.to())));
            }
        }
    }

    private int end(int from, int to) {
        int i = from;
        while (i < to && !(i > from && t.is(i, TokenType.WORD) && ENDS.contains(t.word(i)))) {
            i = t.skip(i, to);
        }
        return i;
    }

    private void expression(TableName table, String column, Span span) {
        if (span.isEmpty() || t.isAny(span.from(), "IDENTITY", "AS", "SET")) {
            return;
        }
        Scope scope = new Scope(null, false);
        scope.add(Relation.base(
                table.table(), table.schema(), table.table(), work.schema.columns(table.schema(), table.table())));
        Origins origins = new Origins();
        queries.expressions().collect(span, scope, new Ctes(null), origins);
        origins.columns().removeIf(origin -> origin.plain().equals(table.column(column)));
        copies.column(table.schema(), table.table(), column, origins.asColumn(null));
    }
}
