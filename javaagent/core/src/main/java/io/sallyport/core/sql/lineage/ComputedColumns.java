package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.List;
import java.util.Set;

/** Columns that the server computes from others: generated ones, defaults, and what {@code ALTER … TYPE … USING} makes of them. */
final class ComputedColumns {

    /** What introduces an expression in a column's definition. */
    private static final Set<String> COMPUTED = Set.of("AS", "DEFAULT", "USING", "UPDATE", "EXPRESSION");

    private static final Set<String> BOUNDS =
            Set.of("WITH", "BY", "IDENTITY", "AUTO_INCREMENT", "MAXVALUE", "MINVALUE", "CACHE", "RESTART");

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

    /** Types that are no domains. */
    private static final Set<String> TYPES = Set.of(
            "INT",
            "INTEGER",
            "INT2",
            "INT4",
            "INT8",
            "BIGINT",
            "SMALLINT",
            "TINYINT",
            "MEDIUMINT",
            "SERIAL",
            "BIGSERIAL",
            "SMALLSERIAL",
            "NUMERIC",
            "DECIMAL",
            "NUMBER",
            "REAL",
            "FLOAT",
            "FLOAT4",
            "FLOAT8",
            "DOUBLE",
            "DECFLOAT",
            "MONEY",
            "BOOLEAN",
            "BOOL",
            "BIT",
            "CHAR",
            "CHARACTER",
            "NCHAR",
            "VARCHAR",
            "VARCHAR2",
            "NVARCHAR",
            "NVARCHAR2",
            "VARCHAR_IGNORECASE",
            "TEXT",
            "TINYTEXT",
            "MEDIUMTEXT",
            "LONGTEXT",
            "CLOB",
            "NCLOB",
            "CITEXT",
            "NAME",
            "BINARY",
            "VARBINARY",
            "BLOB",
            "LONGBLOB",
            "BYTEA",
            "RAW",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMPTZ",
            "DATETIME",
            "DATETIME2",
            "YEAR",
            "INTERVAL",
            "UUID",
            "JSON",
            "JSONB",
            "XML",
            "ENUM",
            "ARRAY",
            "INET",
            "CIDR",
            "OID",
            "GEOMETRY",
            "IDENTITY",
            "UNSIGNED");

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
        queries(table, i, item.to());
        if (t.isName(i + 1) && i + 1 < item.to() && !TYPES.contains(t.word(i + 1)) && !isWord(i + 1)) {
            // It may be a domain, whose default is the column's.
            work.copies.add(new Lineage.Copy(table.column(t.name(i)), List.of(KeptPlace.DOMAINS.origin())));
        }
        for (int j = i + 1; j < item.to(); j = t.skip(j, item.to())) {
            if (t.is(j, TokenType.WORD) && COMPUTED.contains(t.word(j)) && !t.is(j - 1, TokenType.DOT)) {
                int from = t.is(j, "EXPRESSION") && t.is(j + 1, "AS") ? j + 2 : j + 1;
                expression(table, t.name(i), new Span(from, end(from, item.to())));
            }
        }
    }

    /** Queries wherever they stand: H2 takes an identity's start and increment from one. */
    private void queries(TableName table, int column, int to) {
        for (int j = column + 1; j < to; j++) {
            Span inside = t.is(j, TokenType.LEFT_PAREN) ? Clauses.inside(t, j, to) : null;
            if (inside != null && Clauses.isQuery(t, inside.from(), inside.to())) {
                Origins origins = new Origins();
                queries.query(inside, null, null).forEach(origins::add);
                copies.column(table.schema(), table.table(), t.name(column), origins.asColumn(null));
                if (isBound(column, j)) {
                    copies.kept(KeptPlace.SEQUENCES, origins);
                }
                j = t.skip(j, to) - 1;
            }
        }
    }

    /** Whether the query at {@code at} gives a bound of the column's sequence, which is worked out now. */
    private boolean isBound(int column, int at) {
        for (int j = at - 1; j > column; j--) {
            if (t.is(j, TokenType.WORD) && BOUNDS.contains(t.word(j))) {
                return true;
            }
            if (t.is(j, TokenType.WORD) && COMPUTED.contains(t.word(j))) {
                return false;
            }
        }
        return false;
    }

    private boolean isWord(int i) {
        return t.is(i, TokenType.WORD)
                && (COMPUTED.contains(t.word(i))
                        || ENDS.contains(t.word(i))
                        || t.isAny(i, "SET", "TYPE", "DROP", "RESTART", "RENAME"));
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
        if (KeptDefinitions.calls(t, span)) {
            // What a function of the user's returns is told later.
            work.copies.add(new Lineage.Copy(table.column(column), List.of(table.column(column))));
        }
        copies.column(table.schema(), table.table(), column, origins.asColumn(null));
    }
}
