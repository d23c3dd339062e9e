package io.sallyport.core.sql.lex;

import io.sallyport.core.sql.lex.LexRules.Rule;

/** Steps over comments, and into those that are code. */
abstract class Comments extends Characters {

    /** Versions have five digits, in MySQL 8 six. */
    private static final int VERSION_DIGITS = 6;
    /** Every server in use runs what is of this version or older. */
    private static final String OLDEST = "50500";

    private int executable;

    Comments(String sql, LexRules rules, ListFolder folder, Tokens out) {
        super(sql, rules, folder, out);
    }

    /** Whether a comment starts here; if so, the place is behind it. */
    final boolean comment(char c) {
        switch (c) {
            case '-' -> {
                if (peek(1) != '-' || rules.has(Rule.DASH_NEEDS_BLANK) && pos + 2 < sql.length() && peek(2) > ' ') {
                    return false;
                }
                line();
            }
            case '#' -> {
                if (!rules.has(Rule.HASH_COMMENTS)) {
                    return false;
                }
                line();
            }
            case '/' -> {
                if (peek(1) == '*') {
                    block();
                } else if (peek(1) == '/' && rules.has(Rule.SLASH_COMMENTS)) {
                    line();
                } else {
                    return false;
                }
            }
            case '*' -> {
                if (executable == 0 || peek(1) != '/') {
                    return false;
                }
                executable--;
                pos += 2;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** To be called at the end of the text. */
    final void endComments() {
        if (executable > 0) {
            out.markBroken();
        }
    }

    private void line() {
        while (pos < sql.length() && sql.charAt(pos) != '\n') {
            if (sql.charAt(pos) == '\r' && pos + 1 < sql.length() && sql.charAt(pos + 1) != '\n') {
                if (rules.has(Rule.RETURN_ENDS_COMMENT)) {
                    return;
                }
                if (!rules.has(Rule.DASH_NEEDS_BLANK)) {
                    // Whether a lone carriage return ends the comment isn't documented for this server: what follows is
                    // in doubt.
                    out.markBroken();
                }
            }
            pos++;
        }
    }

    private void block() {
        boolean nests = rules.has(Rule.NESTED_COMMENTS);
        if (rules.has(Rule.EXECUTABLE_COMMENTS) && (peek(2) == '!' || peek(2) == 'M' && peek(3) == '!')) {
            if (!executable()) {
                return;
            }
            // A comment of a newer version: what is nested in it is skipped with it.
            nests = true;
        }
        int depth = 1;
        pos += 2;
        while (pos < sql.length() && depth > 0) {
            if (at("*/")) {
                depth--;
                pos += 2;
            } else if (at("/*")) {
                out.markNestedComment();
                depth += nests ? 1 : 0;
                pos += nests ? 2 : 1;
            } else {
                pos++;
            }
        }
        if (depth > 0 && !rules.has(Rule.OPEN_COMMENTS)) {
            out.markBroken();
        }
    }

    /** Steps into a comment that is code; whether it's none because of its version. */
    private boolean executable() {
        int digits = pos + (peek(2) == '!' ? 3 : 4);
        int i = digits;
        while (isDigit(i) && i - digits < VERSION_DIGITS) {
            i++;
        }
        if (i - digits < OLDEST.length()) {
            // No version, but code that starts with a number.
            i = digits;
        }
        boolean newer = i - digits > OLDEST.length()
                || i - digits == OLDEST.length() && sql.substring(digits, i).compareTo(OLDEST) > 0;
        if (newer || peek(2) == 'M') {
            // All servers that are in use run the code of older versions, but MySQL none of MariaDB's own.
            out.markConditional();
        }
        if (newer) {
            out.markNewerVersion();
            if (rules.has(Rule.NEWER_VERSIONS_ARE_COMMENTS)) {
                return true;
            }
        }
        pos = i;
        executable++;
        return false;
    }
}
