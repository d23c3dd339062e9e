package io.sallyport.core.sql.structure;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads MERGE in the forms of SQL:2003, PostgreSQL, SQL Server, Oracle and H2. */
public final class MergeReader {

    private MergeReader() {}

    /**
     * Reads the statement whose MERGE is at {@code span.from()}.
     *
     * @throws UnreadableException when its target or branches cannot be told
     */
    public static Merge read(Dialect dialect, Tokens t, Span span) {
        int to = span.to();
        int i = span.from() + 1;
        if (t.is(i, "TOP")) {
            i = t.skip(i + 1, to);
            i += t.is(i, "PERCENT") ? 1 : 0;
        }
        if (t.is(i, "INTO")) {
            i++;
        }
        int using = Clauses.find(t, i, to, "USING");
        if (using == to) {
            int end = i;
            while (end < to && !t.is(end, TokenType.LEFT_PAREN) && !t.isAny(end, "KEY", "VALUES", "SELECT", "WITH")) {
                end++;
            }
            FromItem only = single(FromReader.read(dialect, t, new Span(i, end)));
            return new Merge(only, null, null, List.of(), null, null);
        }
        FromItem target = single(FromReader.read(dialect, t, new Span(i, using)));
        int when = Clauses.find(t, using, to, "WHEN");
        int on = using;
        while (on < when && !t.is(on, "ON")) {
            on = t.skip(on, when);
        }
        FromItem source = single(FromReader.read(dialect, t, new Span(using + 1, on)));
        List<Merge.Branch> branches = new ArrayList<>();
        Span output = null;
        Span into = null;
        int at = when;
        while (at < to) {
            int end = nextClause(dialect, t, at + 1, to);
            if (t.is(at, "WHEN")) {
                branches.add(branch(t, at, end));
            } else if (t.isAny(at, "OUTPUT", "RETURNING")) {
                int intoAt = Clauses.find(t, at, end, "INTO");
                output = new Span(at + 1, intoAt);
                into = intoAt < end ? new Span(intoAt + 1, end) : null;
            }
            at = end;
        }
        Span condition = on < when ? new Span(on + 1, when) : null;
        return new Merge(target, source, condition, branches, output, into);
    }

    /** Next clause of the MERGE; WHEN of a CASE is none. */
    private static int nextClause(Dialect dialect, Tokens t, int from, int to) {
        Set<String> tail =
                dialect == Dialect.TSQL ? Set.of("WHEN", "OUTPUT", "OPTION") : Set.of("WHEN", "RETURNING", "LOG");
        int cases = 0;
        for (int i = from; i < to; i = t.skip(i, to)) {
            if (t.is(i, "CASE")) {
                cases++;
            } else if (t.is(i, "END") && cases > 0) {
                cases--;
            } else if (cases == 0
                    && t.is(i, TokenType.WORD)
                    && tail.contains(t.word(i))
                    && Clauses.findClause(t, i, i + 1, tail) == i) {
                return i;
            }
        }
        return to;
    }

    private static Merge.Branch branch(Tokens t, int when, int end) {
        boolean not = t.is(when + 1, "NOT");
        int by = when + (not ? 3 : 2);
        boolean bySource = not && t.is(by, "BY") && t.is(by + 1, "SOURCE");
        int then = then(t, when, end);
        int and = Clauses.find(t, when, then, "AND");
        @Nullable Span condition = and < then ? new Span(and + 1, then) : null;
        return new Merge.Branch(!not, bySource, condition, new Span(Math.min(then + 1, end), end));
    }

    private static int then(Tokens t, int when, int end) {
        int cases = 0;
        for (int i = when + 1; i < end; i = t.skip(i, end)) {
            if (t.is(i, "CASE")) {
                cases++;
            } else if (t.is(i, "END")) {
                cases--;
            } else if (t.is(i, "THEN") && cases == 0) {
                return i;
            }
        }
        throw new UnreadableException("WHEN without THEN");
    }

    private static FromItem single(List<FromItem> items) {
        if (items.isEmpty()) {
            throw new UnreadableException("MERGE without a table");
        }
        return items.get(0);
    }
}
