package io.sallyport.core.sql.lex;

import io.sallyport.core.sql.lex.LexRules.Rule;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts one text into tokens. One pass, linear in time and memory, no recursion, never throws.
 *
 * <p>Long lists of literals ({@code IN (1, 2, …)}, {@code VALUES (1, 'a'), (2, 'b'), …}) are shortened while they're read, because
 * no fact depends on their length and a text of 100,000 rows shouldn't cost more than one of ten. JDBC escapes ({@code {call …}},
 * {@code {fn …}}, {@code {ts …}}) are replaced by what drivers make of them.
 */
public final class Lexer extends Literals {

    private static final int LITERALS_KEPT = 24;
    private static final int ROWS_KEPT = 8;
    private static final String[] OPERATORS = {
        "<=>", "->>", "#>>", "!~*", "~~*", "!~~", "@??", "::", ":=", "=>", "<=", ">=", "<>", "!=", "||", "&&", "->",
        "#>", "#-", "@>", "<@", "**", "..", "!<", "!>", "^=", "~*", "!~", "~~", "@@", "@?", "??", "?|", "?&", "<<",
        ">>", "==", "+=", "-="
    };
    /** Words that may touch the parameter behind them; behind any other name {@code :x} is a JSON member's value or a label's block. */
    private static final Set<String> BEFORE_PARAMETERS = Set.of(
            "SELECT", "WHERE", "AND", "OR", "NOT", "IN", "LIKE", "LIMIT", "OFFSET", "BY", "ON", "BETWEEN", "VALUES",
            "SET", "WHEN", "THEN", "ELSE", "RETURN", "INTO", "TOP", "FROM", "CASE", "HAVING", "CALL", "USING");

    /** Words behind an opening brace that are part of the statement. */
    private static final String[] KEPT_IN_BRACES = {"CALL", "ESCAPE", "LIMIT"};

    private int brackets;
    /** A brace has just been opened behind which a name counts for nothing. */
    private boolean braceOpened;

    private Lexer(String sql, LexRules rules, Tokens out, ListFolder folder) {
        super(sql, rules, folder, out);
    }

    /** The tokens of {@code sql} under {@code rules}. */
    public static Tokens tokens(String sql, LexRules rules) {
        return tokens(sql, rules, LITERALS_KEPT, ROWS_KEPT);
    }

    /** The tokens of {@code sql} under {@code rules}, with no list shortened. */
    public static Tokens everyToken(String sql, LexRules rules) {
        return tokens(sql, rules, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private static Tokens tokens(String sql, LexRules rules, int literalsKept, int rowsKept) {
        int nul = rules.has(Rule.NUL_ENDS) ? sql.indexOf('\0') : -1;
        if (nul >= 0) {
            return tokens(sql.substring(0, nul), rules, literalsKept, rowsKept);
        }
        Tokens out = new Tokens(sql);
        new Lexer(sql, rules, out, new ListFolder(out, literalsKept, rowsKept)).run();
        out.pair();
        if (rules.has(Rule.STRINGS_AS_NAMES)) {
            StringNames.mark(out);
        }
        return out;
    }

    private void run() {
        while (pos < sql.length()) {
            char c = sql.charAt(pos);
            if (isSpace(c)) {
                pos++;
            } else if (!comment(c)) {
                boolean behindBrace = braceOpened;
                braceOpened = false;
                int next = out.size();
                token(c);
                if (behindBrace && out.isName(next) && !out.isAny(next, KEPT_IN_BRACES)) {
                    out.truncate(next);
                }
            }
        }
        endComments();
    }

    private void token(char c) {
        if (c == '\'') {
            string('\'');
        } else if (c == '"') {
            if (rules.has(Rule.DOUBLE_QUOTED_STRINGS)) {
                string('"');
            } else {
                quoted(pos, '"');
            }
        } else if (c == '`' && rules.has(Rule.BACKTICKS)) {
            quoted(pos, '`');
        } else if (c == '[' && rules.has(Rule.BRACKETS)) {
            quoted(pos, ']');
        } else if (c >= '0' && c <= '9' || c == '.' && isDigit(pos + 1) && !endsWithName()) {
            number();
        } else if (c == '$' && dollar()) {
            return;
        } else if (c > 127 && isCurrency(c)) {
            pos++;
            number();
        } else if (isWordStart(c)) {
            word();
        } else if (c == '{' || c == '}') {
            escape();
        } else {
            symbol(c);
        }
    }

    private boolean isCurrency(char c) {
        boolean amount = isDigit(pos + 1) || peek(1) == '.' && isDigit(pos + 2);
        return amount && rules.has(Rule.CURRENCIES) && Character.getType(c) == Character.CURRENCY_SYMBOL;
    }

    private boolean endsWithName() {
        int last = out.size() - 1;
        return last >= 0 && (out.isName(last) || out.is(last, TokenType.RIGHT_PAREN)) && out.end(last) == pos;
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
            default -> braceOpened = rules.has(Rule.NAMED_BRACES);
        }
    }

    private void symbol(char c) {
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
                if (peek(1) == '.') {
                    take(TokenType.OPERATOR, pos + 2);
                } else {
                    one(TokenType.DOT);
                }
            }
            default -> {
                int named = namedParameter(c);
                if (named > 0) {
                    take(TokenType.PARAM, named);
                } else {
                    operator(c);
                }
            }
        }
    }

    private void operator(char c) {
        if (at("?||") || at("?&&")) {
            // Behind a parameter; no server has such an operator.
            one(TokenType.PARAM);
            return;
        }
        if (at("^@") && !rules.has(Rule.AT_NAMES)) {
            // PostgreSQL's; elsewhere a variable follows.
            take(TokenType.OPERATOR, pos + 2);
            return;
        }
        for (String operator : OPERATORS) {
            // PostgreSQL ends an operator where a comment starts: in "#--" the dashes are one.
            if (at(operator) && !(operator.equals("#-") && peek(2) == '-')) {
                take(TokenType.OPERATOR, pos + operator.length());
                return;
            }
        }
        if (c == '?') {
            // SQLite, H2: ?1 is the first parameter, wherever it stands.
            int end = pos + 1;
            while (isDigit(end)) {
                end++;
            }
            take(TokenType.PARAM, end);
        } else {
            one(TokenType.OPERATOR);
        }
    }

    /** End of {@code :name} or {@code @name} at the current position, 0 when there's none. */
    private int namedParameter(char c) {
        int i = pos + 1;
        if (c == '@' && rules.has(Rule.AT_NAMES)) {
            if (i < sql.length() && sql.charAt(i) == '@') {
                i++;
            }
            char quote = i < sql.length() ? sql.charAt(i) : 0;
            if (quote == '\'' || quote == '`' || quote == '"') {
                return endOfString(i, quote, quote != '`' && rules.has(Rule.BACKSLASH));
            }
        } else if (c != ':' || brackets > 0 || at("::") || at(":=") || belongsToName()) {
            return 0;
        }
        int from = i;
        while (i < sql.length() && isWordPart(sql.charAt(i))) {
            i++;
        }
        return i > from ? i : 0;
    }

    /** Whether the colon here is a separator: {@code JSON_OBJECT('k':v)}, {@code label:BEGIN}. */
    private boolean belongsToName() {
        int last = out.size() - 1;
        if (out.is(last, TokenType.STRING)) {
            return true;
        }
        return out.isName(last) && out.end(last) == pos && !BEFORE_PARAMETERS.contains(out.word(last));
    }

    private void one(TokenType type) {
        take(type, pos + 1);
    }

    private void take(TokenType type, int end) {
        int start = pos;
        pos = end;
        emit(type, start, end, null);
    }
}
