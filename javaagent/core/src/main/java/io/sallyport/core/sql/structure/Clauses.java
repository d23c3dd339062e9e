package io.sallyport.core.sql.structure;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Searches on one bracket level: groups are stepped over, not into. */
public final class Clauses {

    /** Words that follow an operand. */
    private static final Set<String> BEHIND_COLUMN = Set.of(
            "IS",
            "IN",
            "LIKE",
            "ILIKE",
            "SIMILAR",
            "REGEXP",
            "RLIKE",
            "GLOB",
            "MATCH",
            "BETWEEN",
            "COLLATE",
            "AND",
            "OR",
            "XOR",
            "NOT",
            "AS",
            "ASC",
            "DESC",
            "NULLS",
            "ISNULL",
            "NOTNULL",
            "AT",
            "THEN",
            "ELSE",
            "END",
            "WHEN",
            "OVER",
            "FROM",
            "WHERE",
            "GROUP",
            "ORDER",
            "HAVING",
            "LIMIT",
            "USING",
            "ON",
            "DIV",
            "MOD",
            "OPERATOR");

    private Clauses() {}

    /** First unquoted word of {@code words} in {@code [from, to)} that isn't part of a name chain; {@code to} when there's none. */
    public static int find(Tokens t, int from, int to, Set<String> words) {
        int i = from;
        while (i < to) {
            if (t.is(i, TokenType.WORD) && words.contains(t.word(i)) && isKeyword(t, i)) {
                return i;
            }
            i = t.skip(i, to);
        }
        return to;
    }

    public static int find(Tokens t, int from, int to, String word) {
        int i = from;
        while (i < to) {
            if (t.is(i, word) && isKeyword(t, i)) {
                return i;
            }
            i = t.skip(i, to);
        }
        return to;
    }

    /** As {@link #find}, but words that can also name something count only where they start their clause. */
    public static int findClause(Tokens t, int from, int to, Set<String> words) {
        int i = find(t, from, to, words);
        while (i < to && !startsClause(t, i)) {
            i = find(t, i + 1, to, words);
        }
        return i;
    }

    /** Whether the keyword at {@code i} starts its clause and isn't the name of something there. */
    static boolean startsClause(Tokens t, int i) {
        TokenType next = t.type(i + 1);
        boolean last = next == null || next == TokenType.RIGHT_PAREN || next == TokenType.SEMICOLON;
        return switch (t.word(i)) {
            case "CONNECT" -> t.is(i + 1, "BY");
            case "START" -> t.is(i + 1, "WITH");
            case "OPTION" -> t.is(i + 1, TokenType.LEFT_PAREN);
            case "LOCK" -> t.is(i + 1, "IN");
            case "LOG" -> t.is(i + 1, "ERRORS");
            case "PROCEDURE" -> t.isName(i + 1) && t.is(i + 2, TokenType.LEFT_PAREN);
            case "MODEL" ->
                t.isAny(
                        i + 1,
                        "DIMENSION",
                        "MAIN",
                        "PARTITION",
                        "RETURN",
                        "RULES",
                        "IGNORE",
                        "KEEP",
                        "UNIQUE",
                        "REFERENCE");
            case "WINDOW" -> t.isName(i + 1) && t.is(i + 2, "AS");
            case "QUALIFY", "OFFSET", "FETCH", "LIMIT", "OUTPUT", "RETURN", "RETURNING" ->
                !last
                        && !t.is(i + 1, TokenType.COMMA)
                        && !t.is(i + 1, TokenType.DOT)
                        && !t.isOp(i + 1, "=")
                        && !(t.is(i + 1, "LEFT") && !t.is(i + 2, TokenType.LEFT_PAREN))
                        && !t.isAny(i + 1, "FROM", "JOIN", "CROSS", "NATURAL", "INNER", "ON", "WHERE", "AS");
            default -> true;
        };
    }

    /** Keywords that PostgreSQL takes for a label behind AS. */
    private static final Set<String> LABELS = Set.of(
            "FROM",
            "WHERE",
            "INTO",
            "GROUP",
            "ORDER",
            "HAVING",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "FOR",
            "WINDOW",
            "USING",
            "ON",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "RETURNING",
            "SET",
            "OUTPUT");

    /** Whether the word at {@code i} isn't part of a name chain, an operator or an alias. */
    private static boolean isKeyword(Tokens t, int i) {
        boolean label = t.is(i - 1, "AS") && LABELS.contains(t.word(i));
        return !t.is(i - 1, TokenType.DOT) && !label && !isOperatorPart(t, i) && !isIndexHint(t, i);
    }

    /** MySQL's {@code USE INDEX FOR ORDER BY (…)} starts no clause. */
    private static boolean isIndexHint(Tokens t, int i) {
        int at = t.is(i, "FOR") ? i : t.is(i - 1, "FOR") ? i - 1 : -1;
        return at > 1
                && t.isAny(at - 1, "INDEX", "KEY")
                && t.isAny(at - 2, "USE", "FORCE", "IGNORE")
                && t.isAny(at + 1, "JOIN", "ORDER", "GROUP");
    }

    /** FROM of IS DISTINCT FROM is no clause. */
    private static boolean isOperatorPart(Tokens t, int i) {
        return t.is(i, "FROM") && t.is(i - 1, "DISTINCT") && t.isAny(i - 2, "IS", "NOT");
    }

    /** The parts of {@code [from, to)} between commas of this bracket level. */
    public static List<Span> commaSeparated(Tokens t, int from, int to) {
        List<Span> parts = new ArrayList<>();
        int start = from;
        int i = from;
        while (i < to) {
            if (t.is(i, TokenType.COMMA)) {
                parts.add(new Span(start, i));
                start = i + 1;
            }
            i = t.skip(i, to);
        }
        if (start < to || !parts.isEmpty()) {
            parts.add(new Span(start, to));
        }
        return parts;
    }

    /** Content of the group that opens at {@code open}. */
    public static Span inside(Tokens t, int open, int limit) {
        int close = t.match(open);
        return new Span(open + 1, close < 0 ? limit : Math.min(close, limit));
    }

    /** Index of the first token at or behind {@code i} that opens no bracket. */
    public static int firstInside(Tokens t, int i, int to) {
        int j = i;
        while (j < to && t.is(j, TokenType.LEFT_PAREN)) {
            j++;
        }
        return j;
    }

    /** Whether the tokens from {@code i} on start a query or a write, perhaps behind further brackets. */
    public static boolean startsQuery(Tokens t, int i, int to) {
        int j = firstInside(t, i, to);
        if (j >= to) {
            return false;
        }
        return switch (t.word(j)) {
            case "SELECT", "SEL" -> true;
            case "WITH" -> t.isName(j + 1);
            case "VALUES" -> t.is(j + 1, TokenType.LEFT_PAREN) || startsValue(t, j + 1, to);
            case "TABLE" -> startsTable(t, j, to);
            default -> startsWrite(t, j);
        };
    }

    /** What H2 takes without brackets behind VALUES; elsewhere a column may be called so. */
    private static boolean startsValue(Tokens t, int i, int to) {
        return i < to
                && (t.is(i, TokenType.STRING)
                        || t.is(i, TokenType.NUMBER)
                        || t.is(i, TokenType.PARAM)
                        || t.isName(i) && !(t.is(i, TokenType.WORD) && BEHIND_COLUMN.contains(t.word(i))));
    }

    /** {@code TABLE name} and what may follow it in a query. */
    private static boolean startsTable(Tokens t, int i, int to) {
        int j = t.is(i + 1, "ONLY") && t.isName(i + 2) ? i + 2 : i + 1;
        if (!t.isName(j)) {
            return false;
        }
        j++;
        while (t.is(j, TokenType.DOT) && t.isName(j + 1)) {
            j += 2;
        }
        if (t.isOp(j, "*")) {
            j++;
        }
        return j >= to || t.is(j, TokenType.RIGHT_PAREN) || BEHIND_QUERY.contains(t.word(j));
    }

    private static final Set<String> BEHIND_QUERY =
            Set.of("UNION", "INTERSECT", "EXCEPT", "MINUS", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR", "OPTION");

    /**
     * Whether {@code [from, to)} as a whole is a query or a write, and not an expression or a join that begins with one in brackets.
     */
    public static boolean isQuery(Tokens t, int from, int to) {
        int i = from;
        int end = to;
        while (t.is(i, TokenType.LEFT_PAREN) && i < end) {
            int after = t.skip(i, end);
            if (after < end && !BEHIND_QUERY.contains(t.word(after))) {
                return false;
            }
            end = Math.max(i + 1, after - 1);
            i++;
        }
        return i < end && startsQuery(t, i, end);
    }

    /** Whether a data-changing statement starts at {@code i}. */
    public static boolean startsWrite(Tokens t, int i) {
        return switch (t.word(i)) {
            case "DELETE" -> t.isAny(i + 1, "FROM", "TOP") || t.isName(i + 1) && !t.is(i + 1, "AS");
            case "UPDATE" -> t.isName(i + 1) && !t.isAny(i + 1, "AS", "OF");
            case "INSERT", "MERGE", "REPLACE", "UPSERT" -> t.is(i + 1, "INTO") || t.isName(i + 1) && !t.is(i + 1, "AS");
            default -> false;
        };
    }

    private static final Set<String> MAIN_VERBS =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES", "TABLE", "REPLACE");

    /** Index of the main verb behind the WITH at {@code with}; {@code to} when there's none. Names of CTEs may be keywords. */
    public static int mainVerb(Tokens t, int with, int to) {
        int i = t.is(with + 1, "RECURSIVE") && t.isName(with + 2) && !t.is(with + 2, "AS") ? with + 2 : with + 1;
        while (t.isName(i) && i < to) {
            i = t.skip(i + 1, to) > i + 2 ? t.skip(i + 1, to) : i + 1;
            if (!t.is(i, "AS")) {
                break;
            }
            i++;
            while (t.isAny(i, "NOT", "MATERIALIZED")) {
                i++;
            }
            i = t.skip(i, to);
            if (!t.is(i, TokenType.COMMA)) {
                break;
            }
            i++;
        }
        return t.is(i, TokenType.LEFT_PAREN) ? to : find(t, i, to, MAIN_VERBS);
    }
}
