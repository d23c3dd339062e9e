package io.sallyport.core.sql.lex;

import io.sallyport.core.sql.lex.LexRules.Rule;
import org.jspecify.annotations.Nullable;

/** A place in a text, the classes of characters as a server's lexer sees them, and the tokens found so far. */
abstract class Characters {

    final String sql;
    final LexRules rules;
    final Tokens out;
    private final ListFolder folder;
    private final boolean unicodeBlanks;
    private final boolean hashNames;
    int pos;

    Characters(String sql, LexRules rules, ListFolder folder, Tokens out) {
        this.sql = sql;
        this.rules = rules;
        this.out = out;
        this.folder = folder;
        this.unicodeBlanks = rules.has(Rule.UNICODE_BLANKS);
        this.hashNames = rules.has(Rule.HASH_NAMES);
    }

    final boolean isSpace(char c) {
        return c <= ' ' || c > 127 && unicodeBlanks && isUnicodeBlank(c);
    }

    private static boolean isUnicodeBlank(char c) {
        return Character.isSpaceChar(c) || c == '\u0085' || c == '\ufeff';
    }

    final boolean at(String text) {
        return sql.startsWith(text, pos);
    }

    /** The character {@code ahead} of the place, 0 behind the end. */
    final char peek(int ahead) {
        int i = pos + ahead;
        return i < sql.length() ? sql.charAt(i) : 0;
    }

    final boolean isDigit(int i) {
        return i < sql.length() && sql.charAt(i) >= '0' && sql.charAt(i) <= '9';
    }

    final boolean isWordStart(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c == '$'
                || c > 127 && !isSpace(c)
                || c == '#' && hashNames;
    }

    final boolean isWordPart(char c) {
        return isWordStart(c) || c >= '0' && c <= '9' || c == '@' && hashNames;
    }

    final void emit(TokenType type, int start, int end, @Nullable String word) {
        out.add(type, start, end, word);
        folder.added();
    }
}
