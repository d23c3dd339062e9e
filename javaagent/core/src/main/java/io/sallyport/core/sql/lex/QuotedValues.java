package io.sallyport.core.sql.lex;

import java.util.BitSet;
import java.util.Set;

/**
 * Values in double quotes where those may be strings: SQLite takes {@code ssn = "123"} for a string when there is no such column, SQL Server does with
 * {@code QUOTED_IDENTIFIER OFF}, and of an unknown database nobody knows. Told by where they stand; a column there is taken for a value, which costs a reader
 * its name and nothing else, since only what is written down depends on it. Names that are qualified, in a list of columns or an argument stay names.
 */
final class QuotedValues {

    private static final Set<String> OPERATORS = Set.of("=", "==", "<>", "!=", "<", ">", "<=", ">=", "<=>", "||");

    private QuotedValues() {}

    /** Indexes of the names that may be values; empty for most statements. */
    static BitSet in(Tokens t) {
        BitSet values = new BitSet();
        if (t.sql().indexOf('"') < 0) {
            return values;
        }
        // The open brackets that hold values, and whether the one that was closed last did.
        BitSet lists = new BitSet();
        int depth = 0;
        boolean closed = false;
        for (int i = 0; i < t.size(); i++) {
            if (t.is(i, TokenType.LEFT_PAREN)) {
                boolean nextRow = closed && t.is(i - 1, TokenType.COMMA) && t.is(i - 2, TokenType.RIGHT_PAREN);
                lists.set(++depth, nextRow || t.isAny(i - 1, "IN", "VALUES", "VALUE"));
            } else if (t.is(i, TokenType.RIGHT_PAREN) && depth > 0) {
                closed = lists.get(depth--);
            } else if (t.is(i, TokenType.QUOTED) && t.text(i).startsWith("\"") && mayBeValue(t, i, lists.get(depth))) {
                values.set(i);
            }
        }
        return values;
    }

    private static boolean mayBeValue(Tokens t, int i, boolean inList) {
        if (t.is(i - 1, TokenType.DOT) || t.is(i + 1, TokenType.DOT) || t.is(i + 1, TokenType.LEFT_PAREN)) {
            return false;
        }
        return inList
                || isOperator(t, i - 1)
                || t.isAny(
                        i - 1, "LIKE", "ILIKE", "GLOB", "MATCH", "REGEXP", "ESCAPE", "BETWEEN", "DEFAULT", "THEN",
                        "ELSE")
                || t.is(i - 1, "AND") && t.is(i - 3, "BETWEEN")
                // "123" = ssn: who quotes names quotes both.
                || isOperator(t, i + 1) && t.is(i + 2, TokenType.WORD) && !t.is(i + 3, TokenType.LEFT_PAREN);
    }

    private static boolean isOperator(Tokens t, int i) {
        return t.is(i, TokenType.OPERATOR) && OPERATORS.contains(t.text(i));
    }
}
