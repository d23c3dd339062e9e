package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.FromReader;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import io.sallyport.core.sql.structure.Words;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one SELECT: where its list stands, what it selects from, and where it puts what it selects. */
final class Selects {

    private static final Set<String> MODIFIERS = Set.of(
            "DISTINCT",
            "ALL",
            "UNIQUE",
            "DISTINCTROW",
            "SQL_CALC_FOUND_ROWS",
            "SQL_NO_CACHE",
            "SQL_CACHE",
            "STRAIGHT_JOIN",
            "HIGH_PRIORITY",
            "SQL_SMALL_RESULT",
            "SQL_BIG_RESULT",
            "SQL_BUFFER_RESULT");
    private static final Set<String> LIST_ENDS = Set.of("FROM", "INTO");
    private static final Set<String> BARE_ENDS = Set.of(
            "WHERE", "ORDER", "LIMIT", "OFFSET", "FETCH", "GROUP", "HAVING", "FOR", "OPTION", "INTO", "WINDOW",
            "QUALIFY");

    private static final Set<String> OWN_COLUMNS = Set.of("MODEL", "PROCEDURE");

    private final Work work;
    private final Tokens t;
    private final Queries queries;

    Selects(Work work, Tokens t, Queries queries) {
        this.work = work;
        this.t = t;
        this.queries = queries;
    }

    List<Out> read(Span span, @Nullable Scope outer, @Nullable Ctes ctes) {
        int to = span.to();
        int i = span.from() + 1;
        boolean more = true;
        while (more && i < to) {
            if (t.is(i, "DISTINCT") && t.is(i + 1, "ON")) {
                i = t.skip(i + 2, to);
            } else if (t.is(i, "TOP")
                    && (t.is(i + 1, TokenType.LEFT_PAREN)
                            || t.is(i + 1, TokenType.NUMBER)
                            || t.is(i + 1, TokenType.PARAM))) {
                i = t.skip(i + 1, to);
                if (t.is(i, "PERCENT")) {
                    i++;
                }
                if (t.is(i, "WITH") && t.is(i + 1, "TIES")) {
                    i += 2;
                }
            } else if (t.isAny(i, "FIRST", "SKIP", "LIMIT")
                    && (t.is(i + 1, TokenType.NUMBER) || t.is(i + 1, TokenType.PARAM))) {
                // Firebird, Informix, old H2; LIMIT has two numbers.
                i += t.is(i, "LIMIT") && !t.isName(i + 2) ? 3 : 2;
            } else if (t.is(i, TokenType.WORD) && MODIFIERS.contains(t.word(i))) {
                i++;
            } else {
                more = false;
            }
        }
        int from = Clauses.find(t, i, to, "FROM");
        int listEnd = from < to ? Clauses.find(t, i, from, LIST_ENDS) : Clauses.findClause(t, i, to, BARE_ENDS);
        Scope scope = new Scope(outer, work.wholeRows());
        int end = listEnd;
        if (from < to) {
            end = endOfFrom(from + 1, to);
            queries.relations().add(FromReader.read(work.dialect, t, new Span(from + 1, end)), scope, ctes);
            windows(end, to, scope);
        }
        List<Out> list = queries.outputs().read(new Span(i, listEnd), new Span(i, to), scope, Ctes.orNone(ctes));
        into(span, list);
        queries.influences()
                .select(
                        span,
                        new Span(Math.min(from + 1, end), end),
                        new Span(end, to),
                        scope,
                        Ctes.orNone(ctes),
                        list);
        return list;
    }

    int endOfFrom(int from, int to) {
        int end = from;
        while (true) {
            end = Clauses.findClause(t, end, to, Words.afterFrom(work.dialect));
            boolean temporal = t.is(end, "FOR") && t.isAny(end + 1, "SYSTEM_TIME", "VERSION", "TIMESTAMP", "PORTION");
            boolean hint = t.isAny(end, "GROUP", "ORDER")
                    && !t.is(end + 1, "BY")
                    && !t.is(end + 1, "SIBLINGS")
                    && t.is(end - 1, "FOR");
            if (!temporal && !hint) {
                refuseOwnColumns(end, to);
                return end;
            }
            end++;
        }
    }

    /** Oracle's MODEL and MySQL's PROCEDURE ANALYSE stand behind the other clauses and return other columns than the list says. */
    private void refuseOwnColumns(int from, int to) {
        if (work.dialect != Dialect.POSTGRESQL && Clauses.findClause(t, from, to, OWN_COLUMNS) < to) {
            throw new UnreadableException("a clause that makes its own columns");
        }
    }

    private void windows(int from, int to, Scope scope) {
        int i = Clauses.find(t, from, to, "WINDOW");
        while (i < to && t.isName(i + 1) && t.is(i + 2, "AS") && t.is(i + 3, TokenType.LEFT_PAREN)) {
            scope.window(t.name(i + 1), Clauses.inside(t, i + 3, to));
            i = t.skip(i + 3, to);
            if (!t.is(i, TokenType.COMMA)) {
                return;
            }
        }
    }

    /** SELECT … INTO table copies. */
    private void into(Span span, List<Out> list) {
        boolean copies = work.dialect != Dialect.MYSQL && work.dialect != Dialect.ORACLE;
        int into = Clauses.find(t, span.from(), span.to(), "INTO");
        if (into == span.to()) {
            return;
        }
        if (t.isAny(into + 1, "OUTFILE", "DUMPFILE")) {
            new Copies(work).kept(KeptPlace.FILES, list);
            work.markSilent();
        } else if (new Variables(work, t, queries).into(into + 1, list)) {
            work.markSilent();
        }
        if (!copies) {
            return;
        }
        int name = into + 1;
        while (t.isAny(name, "TEMPORARY", "TEMP", "UNLOGGED", "TABLE", "LOCAL", "GLOBAL")) {
            name++;
        }
        if (t.isName(name)) {
            new Copies(work).table(null, queries.lastOf(name), null, list);
            work.markSilent();
        }
    }
}
