package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;

/**
 * Reads EXPLAIN, DESCRIBE and ANALYZE, which in one dialect plan a statement, in another run it, and in a third gather statistics.
 *
 * @param kind EXPLAIN; READ where a table is described, ADMIN where one is analysed
 * @param runs whether the explained statement is run
 * @param statement what is explained; empty where nothing is
 */
record Explain(StatementKind kind, boolean runs, Span statement) {

    static Explain read(Tokens t, Span s) {
        int i = s.from() + 1;
        boolean maintenance = t.isAny(s.from(), "ANALYZE", "ANALYSE");
        boolean runs = maintenance;
        if (t.is(i, TokenType.LEFT_PAREN) && !Clauses.startsQuery(t, i, s.to())) {
            int close = t.match(i) < 0 ? s.to() : t.match(i);
            for (int j = i; j < close; j++) {
                // PostgreSQL takes the options' names in quotes as well.
                if (t.name(j).equals("analyze") || t.name(j).equals("analyse")) {
                    runs = !isOff(t, j + 1);
                }
            }
            i = close + 1;
        }
        while (i < s.to() && isOption(t, i)) {
            runs |= t.isAny(i, "ANALYZE", "ANALYSE");
            boolean valued = t.isAny(i, "FORMAT", "SET");
            i += !valued ? 1 : t.isOp(i + 1, "=") ? 3 : 2;
        }
        boolean statement = Clauses.startsQuery(t, i, s.to()) && !(maintenance && t.is(i, "TABLE"))
                || t.isAny(i, "CREATE", "EXECUTE", "DECLARE", "REFRESH", "DO", "CALL");
        if (statement) {
            return new Explain(StatementKind.EXPLAIN, runs, new Span(i, s.to()));
        }
        StatementKind kind = maintenance
                ? StatementKind.ADMIN
                : t.is(s.from(), "EXPLAIN") ? StatementKind.EXPLAIN : StatementKind.READ;
        return new Explain(kind, false, new Span(s.to(), s.to()));
    }

    private static boolean isOff(Tokens t, int i) {
        return t.isAny(i, "FALSE", "OFF")
                || t.text(i).equals("0")
                || t.content(i).equalsIgnoreCase("off")
                || t.content(i).equalsIgnoreCase("false");
    }

    private static boolean isOption(Tokens t, int i) {
        return t.isAny(
                i,
                "ANALYZE",
                "ANALYSE",
                "VERBOSE",
                "EXTENDED",
                "PARTITIONS",
                "QUERY",
                "PLAN",
                "FOR",
                "COSTS",
                "PLAN_CACHE",
                "FORMAT",
                "SET");
    }
}
