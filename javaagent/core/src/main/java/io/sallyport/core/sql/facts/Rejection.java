package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;

/**
 * Texts that a server can do nothing but reject, so that nobody has to approve them: the caller is to get the server's own error.
 *
 * <p>This is known only where the text means the same to every lexer, in every setting and version; otherwise what looks like an
 * open string or bracket may be the reader's error and not the server's. A text is that plain when all it holds beyond letters,
 * digits and blanks is punctuation without a second meaning and strings in single quotes without a prefix: no double quote, backtick,
 * backslash, square or curly bracket, dollar, hash or at sign, no comment, nothing beyond ASCII. In such a text
 *
 * <ul>
 *   <li>a string that never ends or round brackets that don't pair are a syntax error in every grammar, and
 *   <li>a statement can't begin with a number, a string, an operator, a comma, a dot or a closing bracket.
 * </ul>
 *
 * Statements in front of the error are judged like any others: MySQL and SQLite run them before they see it. An unknown first word
 * is no certain error: servers get new statements with new versions, and others speak PostgreSQL's or MySQL's protocol with statements
 * of their own (SQL Server even calls a procedure of that name). Nor is anything certain of a {@code generic} server.
 */
final class Rejection {

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
        return never && isPlain(t.sql());
    }

    /** Whether every lexer reads {@code sql} alike. */
    static boolean isPlain(String sql) {
        boolean inString = false;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            char next = i + 1 < sql.length() ? sql.charAt(i + 1) : ' ';
            if (c == '\'') {
                inString = !inString;
            } else if (c == '\\' || !inString && !isPlain(c, next)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c, char next) {
        if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_') {
            return next != '\'';
        }
        boolean comment =
                c == '-' && next == '-' || c == '/' && (next == '/' || next == '*') || c == '*' && next == '/';
        return !comment && (c == '\n' || c == '\t' || " ,.;()=<>!+*%?:-/".indexOf(c) >= 0);
    }
}
