package io.sallyport.core.sql.lex;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one text, as parallel arrays so that a text of 1 MB costs no object a token. Filled by {@link Lexer}, read-only
 * afterwards. Indexes out of range are answered as "no such token", which keeps look-ahead free of bounds checks.
 */
public final class Tokens {

    private final String sql;
    private TokenType[] types = new TokenType[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int[] matches = new int[0];
    private @Nullable String[] words = new String[64];
    /** Folded when first asked for. */
    private @Nullable String[] names = new String[0];

    private int size;
    private int maxDepth;
    private boolean broken;
    private boolean unbalanced;
    private boolean folded;
    private boolean conditional;
    private boolean nestedComment;
    private boolean newerVersion;
    private boolean backslashedQuote;
    private boolean with;
    /** Found out when first asked for. */
    private @Nullable Boolean plain;

    Tokens(String sql) {
        this.sql = sql;
    }

    void add(TokenType type, int start, int end, @Nullable String word) {
        if (size == types.length) {
            int grown = size * 2;
            types = Arrays.copyOf(types, grown);
            starts = Arrays.copyOf(starts, grown);
            ends = Arrays.copyOf(ends, grown);
            words = Arrays.copyOf(words, grown);
        }
        types[size] = type;
        starts[size] = start;
        ends[size] = end;
        words[size] = word;
        size++;
    }

    /** Drops the tokens from {@code newSize} on. */
    void truncate(int newSize) {
        Arrays.fill(words, newSize, size, null);
        size = newSize;
    }

    /** Makes a quoted identifier of token {@code i}. */
    void rename(int i, String name) {
        types[i] = TokenType.QUOTED;
        words[i] = name;
    }

    void markBroken() {
        broken = true;
    }

    void markFolded() {
        folded = true;
    }

    void markConditional() {
        conditional = true;
    }

    void markNewerVersion() {
        newerVersion = true;
    }

    void markBackslashedQuote() {
        backslashedQuote = true;
    }

    void markNestedComment() {
        nestedComment = true;
    }

    /** Pairs the brackets and makes room for names; called once, after the last token. */
    void pair() {
        matches = new int[size];
        Arrays.fill(matches, -1);
        names = new String[size];
        int[] stack = new int[16];
        int depth = 0;
        for (int i = 0; i < size; i++) {
            TokenType type = types[i];
            with |= type == TokenType.WORD && "WITH".equals(words[i]);
            if (type == TokenType.LEFT_PAREN || type == TokenType.LEFT_BRACKET) {
                if (depth == stack.length) {
                    stack = Arrays.copyOf(stack, depth * 2);
                }
                stack[depth++] = i;
                maxDepth = Math.max(maxDepth, depth);
            } else if (type == TokenType.RIGHT_PAREN || type == TokenType.RIGHT_BRACKET) {
                TokenType opener = type == TokenType.RIGHT_PAREN ? TokenType.LEFT_PAREN : TokenType.LEFT_BRACKET;
                if (depth > 0 && types[stack[depth - 1]] == opener) {
                    int open = stack[--depth];
                    matches[open] = i;
                    matches[i] = open;
                } else {
                    unbalanced = true;
                }
            }
        }
        unbalanced |= depth > 0;
    }

    /** The text that was cut. */
    public String sql() {
        return sql;
    }

    public int size() {
        return size;
    }

    /** Type of token {@code i}, {@code null} when there's none. */
    public @Nullable TokenType type(int i) {
        return i >= 0 && i < size ? types[i] : null;
    }

    public boolean is(int i, TokenType type) {
        return i >= 0 && i < size && types[i] == type;
    }

    /** Whether token {@code i} is the unquoted word {@code upper} (given in upper case). */
    public boolean is(int i, String upper) {
        return i >= 0 && i < size && types[i] == TokenType.WORD && upper.equals(words[i]);
    }

    /** Whether token {@code i} is one of the unquoted words {@code upper}. */
    public boolean isAny(int i, String... upper) {
        if (!is(i, TokenType.WORD)) {
            return false;
        }
        String word = words[i];
        for (String candidate : upper) {
            if (candidate.equals(word)) {
                return true;
            }
        }
        return false;
    }

    /** The unquoted word in upper case, {@code ""} for every other token. */
    public String word(int i) {
        if (!is(i, TokenType.WORD)) {
            return "";
        }
        String word = words[i];
        return word == null ? "" : word;
    }

    /** Whether token {@code i} can name something: a word or a quoted identifier. */
    public boolean isName(int i) {
        return is(i, TokenType.WORD) || is(i, TokenType.QUOTED);
    }

    /** The folded name of a word or quoted identifier, {@code ""} for every other token. */
    public String name(int i) {
        if (!isName(i)) {
            return "";
        }
        String name = names[i];
        if (name == null) {
            String word = words[i];
            name = word == null ? "" : Names.fold(word);
            names[i] = name;
        }
        return name;
    }

    /** Whether token {@code i} is the operator {@code op}. */
    public boolean isOp(int i, String op) {
        return is(i, TokenType.OPERATOR) && ends[i] - starts[i] == op.length() && sql.startsWith(op, starts[i]);
    }

    /** The token as written. */
    public String text(int i) {
        return i >= 0 && i < size ? sql.substring(starts[i], ends[i]) : "";
    }

    /** Decoded content of a string token, as far as it can be told; escapes of rare notations stay as written. */
    public String content(int i) {
        return is(i, TokenType.STRING) ? StringContent.of(sql, starts[i], ends[i]) : "";
    }

    public int start(int i) {
        return starts[i];
    }

    public int end(int i) {
        return ends[i];
    }

    /** Index of the bracket that pairs with bracket {@code i}, -1 when there's none. */
    public int match(int i) {
        return i >= 0 && i < size ? matches[i] : -1;
    }

    /** Index behind the group that opens at {@code i}, or behind {@code i} when it opens none; at most {@code end}. */
    public int skip(int i, int end) {
        if (is(i, TokenType.LEFT_PAREN) || is(i, TokenType.LEFT_BRACKET)) {
            int close = matches[i];
            return close < 0 ? end : Math.min(close + 1, end);
        }
        return i + 1;
    }

    public int maxDepth() {
        return maxDepth;
    }

    /** A string, comment or quoted identifier never ends: the server would refuse the text, or read it otherwise. */
    public boolean broken() {
        return broken;
    }

    /** Brackets do not pair. */
    public boolean unbalanced() {
        return unbalanced;
    }

    /** A long list of literals was shortened. */
    public boolean folded() {
        return folded;
    }

    /** Holds code that only some server versions run (a versioned executable comment). */
    public boolean conditional() {
        return conditional;
    }

    /** Whether every lexer reads the text alike ({@link PlainText}). */
    public boolean isPlain() {
        if (plain == null) {
            plain = PlainText.is(sql);
        }
        return plain;
    }

    /** A WITH stands somewhere, so that queries may have names. */
    public boolean with() {
        return with;
    }

    /** Holds code that a server in use may take for a comment. */
    boolean newerVersion() {
        return newerVersion;
    }

    /** A quote stands behind a backslash in a string in which a backslash is a character like others: whether it is matters. */
    boolean backslashedQuote() {
        return backslashedQuote;
    }

    /** Whether a backslash stands outside of strings and names, where no server takes one. */
    public boolean strayBackslash() {
        for (int i = 0; i < size; i++) {
            if (types[i] == TokenType.OPERATOR && sql.charAt(starts[i]) == '\\') {
                return true;
            }
        }
        return false;
    }

    /** A comment opener stands in a comment: whether comments nest matters. */
    boolean nestedComment() {
        return nestedComment;
    }
}
