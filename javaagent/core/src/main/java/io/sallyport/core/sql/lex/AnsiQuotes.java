package io.sallyport.core.sql.lex;

/**
 * MySQL's {@code "x"} is a string, under {@code ANSI_QUOTES} a name. Where a string can't stand (a table that is written, a part of a
 * dotted name), the text is one for {@code ANSI_QUOTES}, or one that the server refuses.
 */
public final class AnsiQuotes {

    private AnsiQuotes() {}

    /** Whether a double-quoted string, as MySQL's default rules read it, stands where only a name can. */
    static boolean areMeant(Tokens t) {
        if (t.sql().indexOf('"') < 0) {
            return false;
        }
        for (int i = 0; i < t.size(); i++) {
            if (isMisplaced(t, i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether token {@code i} is such a string. */
    public static boolean isMisplaced(Tokens t, int i) {
        return t.is(i, TokenType.STRING)
                && t.text(i).startsWith("\"")
                && (t.isAny(i - 1, "UPDATE", "INTO", "TABLE", "JOIN")
                        || t.is(i - 1, "FROM") && t.is(i - 2, "DELETE")
                        || t.is(i - 1, TokenType.DOT));
    }
}
