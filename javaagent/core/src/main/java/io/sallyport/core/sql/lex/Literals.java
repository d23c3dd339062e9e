package io.sallyport.core.sql.lex;

import io.sallyport.core.sql.lex.LexRules.Rule;
import java.util.Locale;

/** Reads words, numbers, strings and quoted names of every notation. */
abstract class Literals extends Comments {

    private final boolean backslash;

    Literals(String sql, LexRules rules, ListFolder folder, Tokens out) {
        super(sql, rules, folder, out);
        this.backslash = rules.has(Rule.BACKSLASH);
    }

    /** A string of the dialect's usual notation. */
    final void string(char quote) {
        string(pos, pos, quote, backslash);
    }

    /** A string whose token starts at {@code start} (prefix) and whose opening quote is at {@code open}. */
    private void string(int start, int open, char quote, boolean escapes) {
        pos = endOfString(open, quote, escapes);
        emit(TokenType.STRING, start, pos, null);
    }

    /** Place behind the string that opens at {@code open}. */
    final int endOfString(int open, char quote, boolean escapes) {
        int i = open + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\\' && escapes) {
                i += 2;
            } else if (c != quote) {
                i++;
            } else {
                if (!escapes && i > open + 1 && sql.charAt(i - 1) == '\\') {
                    out.markBackslashedQuote();
                }
                if (i + 1 == sql.length() || sql.charAt(i + 1) != quote) {
                    return i + 1;
                }
                i += 2;
            }
        }
        out.markBroken();
        return sql.length();
    }

    final void quoted(int start, char close) {
        StringBuilder name = new StringBuilder();
        int i = start + 1;
        while (true) {
            if (i >= sql.length()) {
                out.markBroken();
                break;
            }
            char c = sql.charAt(i++);
            if (c == close) {
                if (i < sql.length() && sql.charAt(i) == close) {
                    i++;
                } else {
                    break;
                }
            }
            name.append(c);
        }
        pos = i;
        emit(TokenType.QUOTED, start, i, name.toString());
    }

    final void number() {
        int start = pos;
        if (rules.has(Rule.DIGIT_NAMES) && isName()) {
            word();
            return;
        }
        int base = base();
        if (base > 0) {
            pos += 2;
            while (Character.digit(peek(0), base) >= 0 || peek(0) == '_' && Character.digit(peek(1), base) >= 0) {
                pos++;
            }
            emit(TokenType.NUMBER, start, pos, null);
            return;
        }
        digits();
        if (peek(0) == '.' && !at("..")) {
            pos++;
            digits();
        }
        if ((peek(0) | 32) == 'e') {
            int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if (isDigit(pos + 1 + sign)) {
                pos += 1 + sign;
                digits();
            } else if (rules.has(Rule.OPEN_EXPONENT) && sign == 0) {
                pos++;
            }
        }
        if (rules.has(Rule.NUMBER_SUFFIXES) && "dfl".indexOf(peek(0) | 32) >= 0 && !isWordPart(peek(1))) {
            pos++;
        }
        emit(TokenType.NUMBER, start, pos, null);
    }

    /** Whether the digits here are the beginning of a name. */
    private boolean isName() {
        if (!isDigit(pos)) {
            return false;
        }
        if (pos > 0 && sql.charAt(pos - 1) == '.' && out.is(out.size() - 1, TokenType.DOT)) {
            return true;
        }
        int i = pos;
        while (isDigit(i)) {
            i++;
        }
        int letter = i < sql.length() && isWordPart(sql.charAt(i)) ? sql.charAt(i) | 32 : 0;
        if (letter == 'e') {
            char next = i + 1 < sql.length() ? sql.charAt(i + 1) : 0;
            return !isDigit(i + 1) && !((next == '+' || next == '-') && isDigit(i + 2));
        }
        int base = i == pos + 1 ? base() : 0;
        if (base > 0) {
            i++;
            while (i < sql.length() && Character.digit(sql.charAt(i), base) >= 0) {
                i++;
            }
            return i < sql.length() && isWordPart(sql.charAt(i));
        }
        return letter > 0;
    }

    /** The base that a prefix of two characters tells, 0 without one. */
    private int base() {
        if (peek(0) != '0') {
            return 0;
        }
        return switch (peek(1) | 32) {
            case 'x' -> 16;
            case 'o' -> rules.has(Rule.OTHER_BASES) && Character.digit(peek(2), 8) >= 0 ? 8 : 0;
            case 'b' -> rules.has(Rule.OTHER_BASES) && Character.digit(peek(2), 2) >= 0 ? 2 : 0;
            default -> 0;
        };
    }

    private void digits() {
        while (isDigit(pos) || peek(0) == '_' && isDigit(pos + 1)) {
            pos++;
        }
    }

    /** A dollar quote or a numbered parameter; {@code false} when {@code $} is neither. */
    final boolean dollar() {
        if (isDigit(pos + 1)) {
            int start = pos++;
            digits();
            emit(TokenType.PARAM, start, pos, null);
            return true;
        }
        if (!rules.has(Rule.DOLLAR_QUOTES)) {
            return false;
        }
        int i = pos + 1;
        while (i < sql.length() && (isWordStart(sql.charAt(i)) && sql.charAt(i) != '$' || i > pos + 1 && isDigit(i))) {
            i++;
        }
        if (i >= sql.length() || sql.charAt(i) != '$') {
            return false;
        }
        String tag = sql.substring(pos, i + 1);
        int close = sql.indexOf(tag, i + 1);
        int start = pos;
        if (close < 0) {
            out.markBroken();
            pos = sql.length();
        } else {
            pos = close + tag.length();
        }
        emit(TokenType.STRING, start, pos, null);
        return true;
    }

    final void word() {
        int start = pos;
        while (pos < sql.length() && isWordPart(sql.charAt(pos))) {
            pos++;
        }
        if (pos < sql.length() && prefixed(start)) {
            return;
        }
        if (sql.charAt(start) == '$' && rules.has(Rule.TCL_VARIABLES) && (peek(0) == '(' || at("::"))) {
            // The rest of the variable's name may hold quotes. Nobody writes this, so that it needn't be read.
            out.markBroken();
        }
        emit(TokenType.WORD, start, pos, sql.substring(start, pos).toUpperCase(Locale.ROOT));
    }

    /** Reads a literal whose notation starts with the letters {@code sql[start, pos)}; {@code false} when it's a plain word. */
    private boolean prefixed(int start) {
        int length = pos - start;
        char first = (char) (sql.charAt(start) | 32);
        char next = sql.charAt(pos);
        if (next == '\'') {
            if (length == 1 && first == 'e' && rules.has(Rule.ESCAPE_STRINGS)) {
                string(start, pos, '\'', true);
                return true;
            }
            boolean charset = rules.has(Rule.EXECUTABLE_COMMENTS) && sql.charAt(start) == '_';
            if (length == 1 && (first == 'n' || first == 'b' || first == 'x') || charset) {
                string(start, pos, '\'', backslash);
                return true;
            }
            boolean national = length == 2 && first == 'n' && (sql.charAt(start + 1) | 32) == 'q';
            if (rules.has(Rule.QUOTE_OPERATOR) && (length == 1 && first == 'q' || national)) {
                quoteOperator(start);
                return true;
            }
        }
        if (length == 1 && first == 'u' && next == '&' && rules.has(Rule.DOLLAR_QUOTES)) {
            if (peek(1) == '\'') {
                string(start, pos + 1, '\'', false);
                return true;
            }
            if (peek(1) == '"') {
                unicodeName(start);
                return true;
            }
        }
        return false;
    }

    private void quoteOperator(int start) {
        char open = peek(1);
        char close = switch (open) {
            case '[' -> ']';
            case '(' -> ')';
            case '{' -> '}';
            case '<' -> '>';
            default -> open;
        };
        int end = sql.indexOf(close + "'", pos + 2);
        if (end < 0) {
            out.markBroken();
        }
        pos = end < 0 ? sql.length() : end + 2;
        emit(TokenType.STRING, start, pos, null);
    }

    private void unicodeName(int start) {
        quoted(pos + 1, '"');
        int last = out.size() - 1;
        String raw = sql.substring(out.start(last) + 1, Math.max(out.start(last) + 1, out.end(last) - 1));
        String name = UnicodeEscapes.decode(raw, UnicodeEscapes.escapeAfter(sql, pos));
        out.truncate(last);
        emit(TokenType.QUOTED, start, pos, name);
    }
}
