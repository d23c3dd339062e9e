package io.sallyport.core.sql.lex;

/**
 * SQLite takes a string for a name wherever only a name can stand ({@code parse.y}: {@code nm ::= STRING}): {@code FROM 'main'.'t'},
 * {@code INSERT INTO t ('a')}, {@code SET 'a' = 1}, {@code USING ('a')}, {@code WITH x ('a') AS (…)}. One pass.
 */
final class StringNames {

    private static final String[] BEFORE_TABLES = {
        "JOIN", "INTO", "UPDATE", "TABLE", "VIEW", "INDEX", "TRIGGER", "WITH", "RECURSIVE", "REFERENCES"
    };
    private static final String[] AFTER_SET = {"WHERE", "FROM", "RETURNING", "ORDER", "LIMIT", "END"};

    private final Tokens t;
    private int depth;
    /** Depth of the SET list that is being read, -1 outside. */
    private int set = -1;
    /** Where the list of names ends that is being read. */
    private int listEnd = -1;

    private StringNames(Tokens t) {
        this.t = t;
    }

    /** Makes names of such strings. */
    static void mark(Tokens t) {
        if (t.sql().indexOf('\'') >= 0) {
            StringNames names = new StringNames(t);
            for (int i = 0; i < t.size(); i++) {
                names.token(i);
            }
        }
    }

    private void token(int i) {
        if (t.is(i, TokenType.STRING)) {
            if (t.text(i).startsWith("'") && isName(i)) {
                t.rename(i, t.content(i));
            }
        } else if (t.is(i, TokenType.LEFT_PAREN)) {
            depth++;
            if (opensNames(i)) {
                listEnd = t.match(i);
            }
        } else if (t.is(i, TokenType.RIGHT_PAREN)) {
            depth--;
            set = depth < set ? -1 : set;
        } else if (t.is(i, "SET")) {
            set = depth;
        } else if (depth == set && (t.isAny(i, AFTER_SET) || t.is(i, TokenType.SEMICOLON))) {
            set = -1;
        }
    }

    private boolean isName(int i) {
        boolean first = t.is(i - 1, TokenType.COMMA) || t.is(i - 1, TokenType.LEFT_PAREN);
        if (i < listEnd && first && (t.is(i + 1, TokenType.COMMA) || t.is(i + 1, TokenType.RIGHT_PAREN))) {
            return true;
        }
        boolean assigned = depth == set && t.isOp(i + 1, "=") && (t.is(i - 1, "SET") || t.is(i - 1, TokenType.COMMA));
        return assigned
                || t.is(i - 1, TokenType.DOT)
                || t.is(i + 1, TokenType.DOT)
                || t.isAny(i - 1, BEFORE_TABLES)
                || t.is(i - 1, "FROM") && !t.is(i - 2, "DISTINCT")
                || t.is(i - 1, "EXISTS") && t.isAny(i - 2, "IF", "NOT")
                || t.is(i + 1, "AS") && isDefinition(i + 1);
    }

    private boolean opensNames(int i) {
        if (t.is(i - 1, "USING") || t.is(i - 1, "SET") || depth - 1 == set && t.is(i - 1, TokenType.COMMA)) {
            return true;
        }
        if (!t.isName(i - 1) || t.is(i - 1, "VALUES")) {
            return false;
        }
        int table = t.is(i - 2, "AS") ? i - 3 : i - 1;
        int before = t.is(table - 1, TokenType.DOT) ? table - 3 : table - 1;
        return t.is(before, "INTO") || isDefinition(t.match(i) + 1);
    }

    /** {@code AS (}, {@code AS NOT MATERIALIZED (}. */
    private boolean isDefinition(int as) {
        int open = t.is(as + 1, "NOT") ? as + 2 : as + 1;
        return t.is(as, "AS") && t.is(t.is(open, "MATERIALIZED") ? open + 1 : open, TokenType.LEFT_PAREN);
    }
}
