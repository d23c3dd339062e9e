package io.sallyport.core.sql.lex;

/**
 * Texts that every lexer reads alike, in every setting and version: all they hold beyond letters, digits and blanks is punctuation
 * without a second meaning and strings in single quotes without a prefix. No double quote, backtick, backslash, square or curly
 * bracket, dollar, hash or at sign, no comment, nothing beyond ASCII.
 */
final class PlainText {

    private PlainText() {}

    static boolean is(String sql) {
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
