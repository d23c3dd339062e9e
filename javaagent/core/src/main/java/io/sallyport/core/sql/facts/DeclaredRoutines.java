package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions and procedures that an Oracle query declares for itself: {@code WITH FUNCTION f (n NUMBER) RETURN NUMBER IS BEGIN … END; SELECT …}.
 *
 * @param bodies declarations and block of each, as a block of their own
 * @param end index behind the last one
 */
record DeclaredRoutines(List<String> bodies, int end) {

    /**
     * Reads them.
     *
     * @param from where the first one begins
     * @return {@code null} where one has no end, or no body
     */
    static @Nullable DeclaredRoutines read(Tokens t, int from, int to) {
        List<String> bodies = new ArrayList<>();
        int i = from;
        while (t.isAny(i, "FUNCTION", "PROCEDURE")) {
            int is = i + 1;
            while (is < to && !t.isAny(is, "IS", "AS")) {
                is = t.skip(is, to);
            }
            int end = end(t, is + 1, to);
            if (end < 0) {
                return null;
            }
            bodies.add("DECLARE " + t.sql().substring(t.start(is + 1), t.start(end)));
            i = end + 1;
        }
        return new DeclaredRoutines(bodies, i);
    }

    /** Index of the semicolon behind the END of the block that begins behind {@code from}, negative where there is none. */
    private static int end(Tokens t, int from, int to) {
        int depth = 0;
        boolean begun = false;
        for (int i = from; i < to; i++) {
            boolean closes = t.is(i - 1, "END");
            if (t.is(i, "BEGIN") || !closes && t.isAny(i, "CASE", "IF", "LOOP")) {
                begun |= t.is(i, "BEGIN");
                depth++;
            } else if (t.is(i, "END")) {
                depth--;
            } else if (t.is(i, TokenType.SEMICOLON) && begun && depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
