package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.Names;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromReader;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what INSERT and its relatives (REPLACE, UPSERT, Oracle's INSERT ALL) return and copy. */
final class Inserts {

    private static final Set<String> SOURCES =
            Set.of("SELECT", "VALUES", "VALUE", "WITH", "SET", "DEFAULT", "TABLE", "EXEC", "EXECUTE");

    private final Writes writes;
    private final Work work;
    private final Tokens t;
    private final Queries queries;
    private final Copies copies;

    Inserts(Writes writes, Work work, Tokens t, Queries queries) {
        this.writes = writes;
        this.work = work;
        this.t = t;
        this.queries = queries;
        this.copies = new Copies(work);
    }

    List<Out> insert(Span span, @Nullable Scope outer, Ctes ctes) {
        int to = span.to();
        int i = span.from() + 1;
        while (t.isAny(i, "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO", "OVERWRITE", "TABLE")
                || t.is(i, "OR")
                || t.is(i, "TOP")) {
            i = t.is(i, "OR") ? i + 2 : t.is(i, "TOP") ? t.skip(i + 1, to) : i + 1;
        }
        if (t.isAny(i, "ALL", "FIRST") && t.isAny(i + 1, "INTO", "WHEN")) {
            return insertAll(span, outer, ctes);
        }
        int nameEnd = i + 1;
        while (t.is(nameEnd, TokenType.DOT)) {
            nameEnd += 2;
        }
        String schema = nameEnd - i >= 3 ? t.name(nameEnd - 3) : null;
        // SQL Server's table variables are named like variables.
        String table = t.isName(nameEnd - 1) ? t.name(nameEnd - 1) : Names.fold(t.text(nameEnd - 1));
        i = nameEnd;
        String alias = table;
        if (t.is(i, "AS")) {
            alias = t.name(i + 1);
            i += 2;
        }
        List<String> columns = null;
        if (t.is(i, TokenType.LEFT_PAREN) && !Clauses.startsQuery(t, i + 1, t.match(i) < 0 ? to : t.match(i))) {
            columns = writes.names(Clauses.inside(t, i, to));
            i = t.skip(i, to);
        }
        if (columns == null) {
            columns = work.schema.columns(schema, table);
        }
        int source = i;
        while (source < to && !SOURCES.contains(t.word(source)) && !t.is(source, TokenType.LEFT_PAREN)) {
            if (t.is(source, "OUTPUT") && work.dialect == Dialect.TSQL) {
                break;
            }
            source++;
        }
        int outputAt = Clauses.findClause(t, i, to, writes.outputWords());
        if (t.is(outputAt, "OUTPUT") && outputAt < to) {
            source = Clauses.find(t, outputAt, to, SOURCES);
        }
        int tail = tail(source, to);
        Relation target = Relation.base(alias, schema, table, work.schema.columns(schema, table));
        Written written = source(new Span(source, tail), schema, table, columns, outer, ctes);
        onConflict(new Span(source, tail), to, target, written, ctes);
        target.wrote(written);
        work.changed = target;
        if (outputAt >= to) {
            return List.of();
        }
        int end = t.is(outputAt, "OUTPUT") ? source : to;
        Scope scope = writes.scope(outer, target);
        return writes.output(
                new Span(outputAt + 1, Clauses.find(t, outputAt, end, "INTO")), endOfInto(outputAt, end), scope, ctes);
    }

    /** Where OUTPUT … INTO or RETURNING … INTO names its target; {@code null} without it. */
    private @Nullable Span endOfInto(int from, int end) {
        int into = Clauses.find(t, from, end, "INTO");
        return into < end ? new Span(into + 1, end) : null;
    }

    /** Index of what follows the source of an INSERT. */
    private int tail(int source, int to) {
        Set<String> output = writes.outputWords();
        int i = source;
        while (i < to) {
            boolean conflict = t.is(i, "ON") && t.isAny(i + 1, "CONFLICT", "DUPLICATE");
            boolean returning = t.is(i, TokenType.WORD) && output.contains(t.word(i));
            if (conflict
                    || returning && Clauses.findClause(t, i, i + 2, output) == i
                    || t.is(i, "LOG") && t.is(i + 1, "ERRORS")) {
                return i;
            }
            i = t.skip(i, to);
        }
        return to;
    }

    private Written source(
            Span source,
            @Nullable String schema,
            String table,
            @Nullable List<String> columns,
            @Nullable Scope outer,
            Ctes ctes) {
        Written written = new Written();
        int i = source.from();
        if (source.isEmpty() || t.isAny(i, "DEFAULT", "EXEC", "EXECUTE")) {
            if (t.isAny(i, "EXEC", "EXECUTE")) {
                work.markInexact();
            }
            return written;
        }
        if (t.is(i, "SET")) {
            writes.assignments()
                    .read(
                            new Span(i + 1, source.to()),
                            new Scope(outer, work.wholeRows()),
                            ctes,
                            List.of(),
                            schema,
                            table,
                            written);
            return written;
        }
        Span query = source;
        if (t.is(i, "VALUE") || t.is(i, "VALUES")) {
            int as = Clauses.find(t, i, source.to(), "AS");
            query = new Span(i, as);
        }
        List<Out> values = t.is(i, "VALUE") ? List.of() : queries.query(query, outer, ctes);
        copies.positions(schema, table, columns, values);
        writes.byPosition(columns, values, written);
        return written;
    }

    private void onConflict(Span source, int to, Relation target, Written written, Ctes ctes) {
        int from = source.to();
        if (t.is(from, "ON") && t.is(from + 1, "CONFLICT") && t.is(from + 2, TokenType.LEFT_PAREN)) {
            // Whether the row is written tells whether the value is there.
            queries.influences().condition(Clauses.inside(t, from + 2, to), writes.scope(null, target), ctes);
        }
        int set = Clauses.find(t, from, to, Set.of("SET", "UPDATE"));
        if (!t.is(from, "ON") || set >= to) {
            return;
        }
        int start = t.is(set + 1, "SET") ? set + 2 : set + 1;
        int end = Clauses.find(t, start, to, Set.of("WHERE", "RETURNING"));
        target.wrote(written);
        Scope scope = writes.scope(null, target);
        if (t.is(from + 1, "DUPLICATE")) {
            selectedFrom(source, scope, ctes);
        }
        writes.assignments()
                .read(new Span(start, end), scope, ctes, List.of(), target.schema(), target.table(), written);
        int returning = Clauses.find(t, end, to, "RETURNING");
        queries.influences()
                .condition(new Span(Math.min(end + 1, returning), returning), writes.scope(null, target), ctes);
    }

    /** MySQL: ON DUPLICATE KEY UPDATE sees the tables of the SELECT that the rows come from. */
    private void selectedFrom(Span source, Scope scope, Ctes ctes) {
        if (t.is(source.from(), "WITH")) {
            throw new UnreadableException("tables of a WITH clause behind ON DUPLICATE KEY");
        }
        boolean select = t.is(source.from(), "SELECT");
        int from = select ? Clauses.find(t, source.from(), source.to(), "FROM") : source.to();
        if (from < source.to()) {
            int end = new Selects(work, t, queries).endOfFrom(from + 1, source.to());
            queries.relations().add(FromReader.read(work.dialect, t, new Span(from + 1, end)), scope, ctes);
        }
    }

    private List<Out> insertAll(Span span, @Nullable Scope outer, Ctes ctes) {
        int select = Clauses.find(t, span.from(), span.to(), Set.of("SELECT", "WITH"));
        Scope scope = new Scope(outer, work.wholeRows());
        scope.add(Relation.derived("", queries.query(new Span(select, span.to()), outer, ctes)));
        for (int i = span.from(); i < select; i++) {
            if (!t.is(i, "INTO")) {
                continue;
            }
            int name = i + 1;
            while (t.is(name + 1, TokenType.DOT)) {
                name += 2;
            }
            String table = t.name(name);
            int j = name + 1;
            List<String> columns = work.schema.columns(null, table);
            if (t.is(j, TokenType.LEFT_PAREN)) {
                columns = writes.names(Clauses.inside(t, j, select));
                j = t.skip(j, select);
            }
            if (t.is(j, "VALUES")) {
                Span row = Clauses.inside(t, j + 1, select);
                copies.table(null, table, columns, queries.outputs().read(row, scope, ctes));
            } else {
                copies.table(null, table, columns, scope.star());
            }
        }
        return List.of();
    }
}
