package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;

/** Row limits: LIMIT, TOP, FETCH FIRST, ROWNUM. */
final class Limits {

    /**
     * A limit of more rows than this is none: jobs that work off a table in batches take some thousand rows at a time, while
     * who means the whole table writes a number that is larger than any.
     */
    static final int MOST = 50_000;

    private Limits() {}

    /** Whether {@code limit}, what stands behind LIMIT or in TOP's brackets, keeps rows out. A parameter does, as it does in a filter. */
    static boolean bounds(Tokens t, Span limit) {
        Span count = limit;
        while (t.is(count.from(), TokenType.LEFT_PAREN) && t.match(count.from()) == count.to() - 1) {
            count = new Span(count.from() + 1, count.to() - 1);
        }
        int i = count.from();
        if (t.isAny(i, "FIRST", "NEXT")) {
            i++;
        }
        // MySQL and SQLite: LIMIT offset, count.
        for (int j = i; j < count.to(); j++) {
            i = t.is(j, TokenType.COMMA) ? j + 1 : i;
        }
        for (int j = i; j < count.to(); j++) {
            if (t.is(j, "PERCENT") || t.is(j, "SELECT")) {
                return false;
            }
        }
        if (t.is(i, TokenType.NUMBER)) {
            Object number = Constants.number(t.text(i)).data();
            return number instanceof Double n && n <= MOST;
        }
        // FETCH FIRST ROW ONLY; -1 is SQLite's word for no limit.
        return t.is(i, TokenType.PARAM) || t.isOp(i, ":") || t.isAny(i, "ROW", "ROWS");
    }
}
