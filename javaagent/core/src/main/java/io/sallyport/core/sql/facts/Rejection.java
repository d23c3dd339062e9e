package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import java.util.List;

/**
 * Texts that a server can do nothing but reject, so that nobody has to approve them: the caller is to get the server's own error.
 *
 * <p>This is known only where the text means the same to every lexer ({@link Tokens#isPlain}); otherwise what looks like an
 * open string or bracket may be the reader's error and not the server's. In such a text
 *
 * <ul>
 *   <li>a string that never ends or round brackets that don't pair are a syntax error in every grammar, and
 *   <li>a statement can't begin with a number, a string, an operator, a comma, a dot or a closing bracket.
 * </ul>
 *
 * Statements in front of the error are judged like any others: MySQL and SQLite run them before they see it. An unknown first word
 * is no certain error: servers get new statements with new versions, and others speak PostgreSQL's or MySQL's protocol with statements
 * of their own (SQL Server even calls a procedure of that name). Only one that is a slip of the pen away from a verb that every server
 * has ({@code SELEC}, {@code UPDTAE}) is taken for a mistake. Nor is anything certain of a {@code generic} server.
 */
final class Rejection {

    /** No server has another verb that is one letter away from one of these. */
    private static final List<String> VERBS =
            List.of("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "TRUNCATE", "EXPLAIN");

    private Rejection() {}

    /** Whether {@code statement} begins with what no statement begins with. */
    static boolean ofFirstToken(Tokens t, Span statement) {
        TokenType type = t.type(statement.from());
        if (type == null || type == TokenType.WORD) {
            return false;
        }
        boolean never = switch (type) {
            case NUMBER, STRING, COMMA, DOT, RIGHT_PAREN -> true;
            case OPERATOR -> !t.isOp(statement.from(), "<<");
            default -> false;
        };
        return never && t.isPlain();
    }

    /**
     * Whether {@code statement} begins with a verb that is misspelt. As the first word of a text, whatever follows: every server reads
     * that first and runs nothing then. Not for T-SQL, where it may name a procedure.
     */
    static boolean ofMisspeltVerb(Tokens t, Span statement) {
        int first = statement.from();
        boolean alone = first == 0 && t.start(0) == leadingBlanks(t.sql()) || t.isPlain();
        if (!alone || !t.is(first, TokenType.WORD) || t.is(first + 1, TokenType.DOT)) {
            return false;
        }
        String word = t.word(first);
        for (String verb : VERBS) {
            if (isSlip(word, verb)) {
                return true;
            }
        }
        return false;
    }

    private static int leadingBlanks(String sql) {
        int i = 0;
        while (i < sql.length() && " \t\r\n".indexOf(sql.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    /** Whether one letter is missing, doubled or wrong, or two have changed places. */
    private static boolean isSlip(String word, String verb) {
        int longer = Math.max(word.length(), verb.length());
        int start = 0;
        while (start < Math.min(word.length(), verb.length()) && word.charAt(start) == verb.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < Math.min(word.length(), verb.length()) - start
                && word.charAt(word.length() - 1 - end) == verb.charAt(verb.length() - 1 - end)) {
            end++;
        }
        int left = longer - start - end;
        boolean swapped = left == 2
                && word.length() == verb.length()
                && word.charAt(start) == verb.charAt(start + 1)
                && word.charAt(start + 1) == verb.charAt(start);
        return Math.abs(word.length() - verb.length()) <= 1 && (left == 1 || swapped);
    }
}
