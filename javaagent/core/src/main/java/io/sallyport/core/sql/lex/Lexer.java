package io.sallyport.core.sql.lex;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one text into tokens. One pass, linear in time and memory, no recursion, never throws.
 *
 * <p>Long lists of literals ({@code IN (1, 2, …)}, {@code VALUES (1, 'a'), (2, 'b'), …}) are shortened while they're read, because
 * no fact depends on their length and a text of 100,000 rows shouldn't cost more than one of ten. JDBC escapes ({@code {call …}},
 * {@code {fn …}}, {@code {ts …}}) are replaced by what drivers make of them.
 */
public final class Lexer {

    private static final int LITERALS_KEPT = 24;
    private static final int ROWS_KEPT = 8;
    private static final String[] OPERATORS = {
        "<=>", "->>", "#>>", "!~*", "~~*", "!~~", "::", ":=", "=>", "<=", ">=", "<>", "!=", "||", "&&", "->", "#>",
                "#-", "@>",
        "<@", "**", "..", "!<", "!>", "^=", "~*", "!~", "~~", "@@", "@?", "??", "?|", "?&", "<<", ">>", "==", "+=", "-="
    };

    private final String sql;
    private final LexRules rules;
    private final Tokens out;
    private final ListFolder folder;
    private int pos;
    private int executable;
    private int brackets;

    private Lexer(String sql, LexRules rules) {
        this.sql = sql;
        this.rules = rules;
        this.out = new Tokens(sql);
        this.folder = new ListFolder(out, LITERALS_KEPT, ROWS_KEPT);
    }

    /** The tokens of {@code sql} under {@code rules}. */
    public static Tokens tokens(String sql, LexRules rules) {
        Lexer lexer = new Lexer(sql, rules);
        lexer.run();
        lexer.out.pair();
        return lexer.out;
    }

    private void run() {
        while (pos < sql.length()) {
            char c = sql.charAt(pos);
            if (isSpace(c)) {
                pos++;
            } else if (c == '-' && at("--") && isLineComment()) {
                skipLine();
            } else if (c == '#' && rules.hashComments()) {
                skipLine();
            } else if (c == '/' && at("/*")) {
                comment();
            } else if (c == '*' && executable > 0 && at("*/")) {
                executable--;
                pos += 2;
            } else if (c == '\'') {
                string(pos, pos, '\'', rules.backslash());
            } else if (c == '"') {
                if (rules.doubleQuotedStrings()) {
                    string(pos, pos, '"', rules.backslash());
                } else {
                    quoted(pos, '"');
                }
            } else if (c == '`' && rules.backticks()) {
                quoted(pos, '`');
            } else if (c == '[' && rules.brackets()) {
                quoted(pos, ']');
            } else if (c >= '0' && c <= '9' || c == '.' && isDigit(pos + 1) && !endsWithName()) {
                number();
            } else if (c == '$' && dollar()) {
                continue;
            } else if (isWordStart(c)) {
                word();
            } else if (c == '{' || c == '}') {
                escape();
            } else {
                symbol(c);
            }
        }
        if (executable > 0) {
            out.markBroken();
        }
    }

    private boolean isSpace(char c) {
        return c <= ' '
                || c == '\u00a0'
                || c == '\u3000'
                || c == '\ufeff'
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u0085';
    }

    private boolean at(String text) {
        return sql.startsWith(text, pos);
    }

    private boolean isDigit(int i) {
        return i < sql.length() && sql.charAt(i) >= '0' && sql.charAt(i) <= '9';
    }

    private boolean endsWithName() {
        int last = out.size() - 1;
        return last >= 0 && (out.isName(last) || out.is(last, TokenType.RIGHT_PAREN)) && out.end(last) == pos;
    }

    private boolean isWordStart(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c > 127
                || c == '#' && rules.hashNames()
                || c == '$';
    }

    private boolean isWordPart(char c) {
        return isWordStart(c) && !isSpace(c) || c >= '0' && c <= '9' || c == '@' && rules.hashNames();
    }

    private boolean isLineComment() {
        if (!rules.dashNeedsBlank()) {
            return true;
        }
        return pos + 2 >= sql.length() || sql.charAt(pos + 2) <= ' ';
    }

    private void skipLine() {
        while (pos < sql.length() && sql.charAt(pos) != '\n') {
            if (sql.charAt(pos) == '\r' && pos + 1 < sql.length() && sql.charAt(pos + 1) != '\n') {
                if (rules.postgresPrefixes()) {
                    return;
                }
                if (!rules.dashNeedsBlank()) {
                    // Whether a lone carriage return ends the comment isn't documented for this server: what follows is
                    // in doubt.
                    out.markBroken();
                }
            }
            pos++;
        }
    }

    private void comment() {
        if (rules.executableComments() && (at("/*!") || at("/*M!"))) {
            pos += at("/*!") ? 3 : 4;
            int digits = pos;
            while (isDigit(pos) && pos - digits < 6) {
                pos++;
            }
            if (pos > digits) {
                out.markConditional();
            }
            executable++;
            return;
        }
        int depth = 1;
        pos += 2;
        while (pos < sql.length() && depth > 0) {
            if (at("*/")) {
                depth--;
                pos += 2;
            } else if (rules.nestedComments() && at("/*")) {
                depth++;
                pos += 2;
            } else {
                pos++;
            }
        }
        if (depth > 0) {
            out.markBroken();
        }
    }

    /** A string whose token starts at {@code start} (prefix) and whose opening quote is at {@code open}. */
    private void string(int start, int open, char quote, boolean backslash) {
        int i = open + 1;
        while (true) {
            if (i >= sql.length()) {
                out.markBroken();
                break;
            }
            char c = sql.charAt(i);
            if (c == '\\' && backslash) {
                i += 2;
            } else if (c == quote) {
                if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                    i += 2;
                } else {
                    i++;
                    break;
                }
            } else {
                i++;
            }
        }
        pos = Math.min(i, sql.length());
        emit(TokenType.STRING, start, pos, null);
    }

    private void quoted(int start, char close) {
        char doubled = close;
        StringBuilder name = new StringBuilder();
        int i = start + 1;
        while (true) {
            if (i >= sql.length()) {
                out.markBroken();
                break;
            }
            char c = sql.charAt(i++);
            if (c == close) {
                if (i < sql.length() && sql.charAt(i) == doubled) {
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

    private void number() {
        int start = pos;
        if (sql.charAt(pos) == '0' && pos + 1 < sql.length() && (sql.charAt(pos + 1) | 32) == 'x') {
            pos += 2;
            while (pos < sql.length() && Character.digit(sql.charAt(pos), 16) >= 0) {
                pos++;
            }
            emit(TokenType.NUMBER, start, pos, null);
            return;
        }
        digits();
        if (pos < sql.length() && sql.charAt(pos) == '.' && !at("..")) {
            pos++;
            digits();
        }
        if (pos < sql.length() && (sql.charAt(pos) | 32) == 'e') {
            int sign = pos + 1 < sql.length() && (sql.charAt(pos + 1) == '+' || sql.charAt(pos + 1) == '-') ? 1 : 0;
            if (isDigit(pos + 1 + sign)) {
                pos += 1 + sign;
                digits();
            } else if (rules.brackets() && sign == 0) {
                // SQL Server reads 1e as a number: 1eDROP is the number 1e and the word DROP.
                pos++;
            }
        }
        emit(TokenType.NUMBER, start, pos, null);
    }

    private void digits() {
        while (isDigit(pos) || pos < sql.length() && sql.charAt(pos) == '_' && isDigit(pos + 1)) {
            pos++;
        }
    }

    /** A dollar quote or a numbered parameter; {@code false} when {@code $} is neither. */
    private boolean dollar() {
        if (isDigit(pos + 1)) {
            int start = pos++;
            digits();
            emit(TokenType.PARAM, start, pos, null);
            return true;
        }
        if (!rules.dollarQuotes()) {
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

    private void word() {
        int start = pos;
        while (pos < sql.length() && isWordPart(sql.charAt(pos))) {
            pos++;
        }
        if (pos == start) {
            pos++;
            return;
        }
        if (pos < sql.length() && prefixed(start)) {
            return;
        }
        emit(TokenType.WORD, start, pos, sql.substring(start, pos).toUpperCase(Locale.ROOT));
    }

    /** Reads a literal whose notation starts with the letters {@code sql[start, pos)}; {@code false} when it's a plain word. */
    private boolean prefixed(int start) {
        int length = pos - start;
        char first = (char) (sql.charAt(start) | 32);
        char next = sql.charAt(pos);
        if (next == '\'') {
            if (length == 1 && first == 'e' && rules.postgresPrefixes()) {
                string(start, pos, '\'', true);
                return true;
            }
            if (length == 1 && (first == 'n' || first == 'b' || first == 'x')) {
                string(start, pos, '\'', rules.backslash());
                return true;
            }
            boolean national = length == 2 && first == 'n' && (sql.charAt(start + 1) | 32) == 'q';
            if (rules.quoteOperator() && (length == 1 && first == 'q' || national)) {
                quoteOperator(start);
                return true;
            }
            if (rules.executableComments() && sql.charAt(start) == '_') {
                string(start, pos, '\'', rules.backslash());
                return true;
            }
        }
        if (length == 1 && first == 'u' && next == '&' && pos + 1 < sql.length() && rules.dollarQuotes()) {
            if (sql.charAt(pos + 1) == '\'') {
                string(start, pos + 1, '\'', false);
                return true;
            }
            if (sql.charAt(pos + 1) == '"') {
                unicodeName(start);
                return true;
            }
        }
        return false;
    }

    private void quoteOperator(int start) {
        if (pos + 1 >= sql.length()) {
            out.markBroken();
            pos = sql.length();
        } else {
            char open = sql.charAt(pos + 1);
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
                pos = sql.length();
            } else {
                pos = end + 2;
            }
        }
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

    /** {@code {} and {@code }}: JDBC escapes are unwrapped; an escape's keyword is swallowed unless the server has to see it. */
    private void escape() {
        boolean open = sql.charAt(pos) == '{';
        pos++;
        if (!open) {
            return;
        }
        int i = pos;
        while (i < sql.length() && isSpace(sql.charAt(i))) {
            i++;
        }
        int wordStart = i;
        if (i < sql.length() && sql.charAt(i) == '?') {
            i++;
            while (i < sql.length() && (isSpace(sql.charAt(i)) || sql.charAt(i) == '=')) {
                i++;
            }
            if (sql.regionMatches(true, i, "call", 0, 4)) {
                pos = i;
            }
            return;
        }
        while (i < sql.length() && isWordPart(sql.charAt(i))) {
            i++;
        }
        switch (sql.substring(wordStart, Math.min(i, wordStart + 8)).toLowerCase(Locale.ROOT)) {
            case "fn", "d", "t", "ts", "oj" -> pos = i;
            default -> {}
        }
    }

    private void symbol(char c) {
        int start = pos;
        switch (c) {
            case '(' -> one(TokenType.LEFT_PAREN);
            case ')' -> one(TokenType.RIGHT_PAREN);
            case '[' -> {
                brackets++;
                one(TokenType.LEFT_BRACKET);
            }
            case ']' -> {
                brackets--;
                one(TokenType.RIGHT_BRACKET);
            }
            case ',' -> one(TokenType.COMMA);
            case ';' -> one(TokenType.SEMICOLON);
            case '.' -> {
                if (at("..")) {
                    pos += 2;
                    emit(TokenType.OPERATOR, start, pos, null);
                } else {
                    one(TokenType.DOT);
                }
            }
            default -> {
                int named = namedParameter(c);
                if (named > 0) {
                    pos = named;
                    emit(TokenType.PARAM, start, pos, null);
                    return;
                }
                for (String operator : OPERATORS) {
                    if (at(operator)) {
                        pos += operator.length();
                        emit(TokenType.OPERATOR, start, pos, null);
                        return;
                    }
                }
                one(c == '?' ? TokenType.PARAM : TokenType.OPERATOR);
            }
        }
    }

    /** End of {@code :name} or {@code @name} at the current position, 0 when there's none. */
    private int namedParameter(char c) {
        int i = pos + 1;
        if (c == '@' && rules.atNames()) {
            if (i < sql.length() && sql.charAt(i) == '@') {
                i++;
            }
            if (i < sql.length() && (sql.charAt(i) == '\'' || sql.charAt(i) == '`' || sql.charAt(i) == '"')) {
                int close = sql.indexOf(sql.charAt(i), i + 1);
                return close < 0 ? 0 : close + 1;
            }
        } else if (c != ':' || brackets > 0 || at("::") || at(":=")) {
            return 0;
        }
        int from = i;
        while (i < sql.length() && isWordPart(sql.charAt(i))) {
            i++;
        }
        return i > from ? i : 0;
    }

    private void one(TokenType type) {
        pos++;
        emit(type, pos - 1, pos, null);
    }

    private void emit(TokenType type, int start, int end, @Nullable String word) {
        out.add(type, start, end, word);
        folder.added();
    }
}
