package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.List;
import java.util.Set;

/**
 * Tells by its form whether an expression passes one of its operands on as it is: a column, a scalar sub-query, {@code CASE} and {@code
 * COALESCE} of such, the least or greatest of them. What is not known to do so computes.
 */
final class PassedOn {

    /** Functions that return one of their arguments. */
    private static final Set<String> ANY_ARGUMENT =
            Set.of("COALESCE", "IFNULL", "NVL", "ISNULL", "GREATEST", "LEAST", "NULLIF");

    /** Functions that return their first argument, of whichever row. */
    private static final Set<String> FIRST_ARGUMENT =
            Set.of("MIN", "MAX", "ANY_VALUE", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE", "LAG", "LEAD");

    /** Functions that return an argument behind the first. */
    private static final Set<String> LATER_ARGUMENT = Set.of("IF", "IIF", "CASEWHEN", "NVL2");

    /** Types without a length, to which a text can be cast as it is. */
    private static final Set<String> TEXTS = Set.of(
            "TEXT", "VARCHAR", "VARCHAR2", "NVARCHAR", "CLOB", "STRING", "CITEXT", "LONGVARCHAR", "VARCHAR_IGNORECASE");

    private final Work work;
    private final Tokens t;

    PassedOn(Work work, Tokens t) {
        this.work = work;
        this.t = t;
    }

    boolean by(Span span) {
        work.enter();
        work.step();
        try {
            return passes(span.from(), span.to());
        } finally {
            work.leave();
        }
    }

    private boolean passes(int start, int end) {
        int from = start;
        int to = end;
        while (from < to && t.is(from, TokenType.LEFT_PAREN) && t.match(from) == to - 1) {
            if (Clauses.isQuery(t, from + 1, to - 1)) {
                return true;
            }
            from++;
            to--;
        }
        if (from >= to) {
            return true;
        }
        int last = castOrCollation(from, to);
        if (last != to) {
            return last > from && by(new Span(from, last));
        }
        if (to == from + 1 && !t.isName(from)) {
            // A literal or parameter.
            return !t.is(from, TokenType.OPERATOR);
        }
        if (t.is(from, "CASE")) {
            return isCase(from, to);
        }
        int name = from;
        while (t.isName(name) && t.is(name + 1, TokenType.DOT)) {
            name += 2;
        }
        if (!t.isName(name)) {
            return false;
        }
        if (name + 1 == to) {
            return true;
        }
        return t.is(name + 1, TokenType.LEFT_PAREN) && isCall(from == name ? t.word(name) : "", name + 1, to);
    }

    /** Where a trailing {@code ::text} or {@code COLLATE x} begins; {@code to} without one, {@code from} before another cast. */
    private int castOrCollation(int from, int to) {
        for (int i = from; i < to; i = t.skip(i, to)) {
            if (t.isOp(i, "::")) {
                return isText(i + 1, to) ? i : from;
            }
            if (t.is(i, "COLLATE") && i > from && i + 2 >= to) {
                return i;
            }
        }
        return to;
    }

    private boolean isText(int i, int to) {
        boolean varying = t.isAny(i, "CHARACTER", "CHAR") && t.is(i + 1, "VARYING") && i + 2 == to;
        return varying || t.is(i, TokenType.WORD) && TEXTS.contains(t.word(i)) && i + 1 == to;
    }

    private boolean isCall(String function, int open, int to) {
        Span inside = Clauses.inside(t, open, to);
        if (function.equals("CAST") || function.equals("CONVERT")) {
            int as = Clauses.find(t, inside.from(), inside.to(), "AS");
            return t.skip(open, to) == to
                    && as < inside.to()
                    && isText(as + 1, inside.to())
                    && by(new Span(inside.from(), as));
        }
        int after = t.skip(open, to);
        boolean windowed = t.isAny(after, "OVER", "FILTER", "IGNORE", "RESPECT", "FROM", "KEEP");
        if (after != to && !windowed) {
            return false;
        }
        List<Span> arguments = Clauses.commaSeparated(t, inside.from(), inside.to());
        if (ANY_ARGUMENT.contains(function)) {
            return after == to && arguments.stream().allMatch(this::by);
        }
        if (LATER_ARGUMENT.contains(function)) {
            return after == to && arguments.stream().skip(1).allMatch(this::by);
        }
        if (FIRST_ARGUMENT.contains(function) && !arguments.isEmpty()) {
            Span first = arguments.get(0);
            boolean quantified = t.isAny(first.from(), "DISTINCT", "ALL");
            boolean otherwise = arguments.size() < 3 || by(arguments.get(2));
            return otherwise && by(quantified ? new Span(first.from() + 1, first.to()) : first);
        }
        return false;
    }

    /** CASE … END whose every result is passed on. */
    private boolean isCase(int from, int to) {
        int depth = 0;
        int result = -1;
        for (int i = from; i < to; i = t.skip(i, to)) {
            if (t.is(i, "CASE")) {
                depth++;
                if (depth > Work.MAX_DEPTH) {
                    // Seen at once, before each level reads all those within it.
                    throw UnreadableException.TOO_DEEP;
                }
            } else if (depth == 1 && t.isAny(i, "WHEN", "ELSE", "END") && result >= 0) {
                if (!by(new Span(result, i))) {
                    return false;
                }
                result = -1;
            }
            if (depth == 1 && t.isAny(i, "THEN", "ELSE")) {
                result = i + 1;
            } else if (t.is(i, "END")) {
                depth--;
                if (depth == 0) {
                    return i + 1 == to;
                }
            }
        }
        return false;
    }
}
