package io.sallyport.core.sql.structure;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.FromItem.Join;
import java.util.ArrayList;
import java.util.List;

/** Reads a FROM list: its items, each by {@link FromItemReader}, and the joins between them. */
public final class FromReader {

    private static final int MAX_DEPTH = 64;

    private FromReader() {}

    /**
     * The items in {@code span}.
     *
     * @throws UnreadableException when it cannot be told what the list holds
     */
    public static List<FromItem> read(Dialect dialect, Tokens t, Span span) {
        return read(dialect, t, span, 0);
    }

    /** @param depth of brackets around the list */
    static List<FromItem> read(Dialect dialect, Tokens t, Span span, int depth) {
        if (depth > MAX_DEPTH) {
            throw UnreadableException.TOO_DEEP;
        }
        List<FromItem> items = new ArrayList<>();
        FromItemReader reader = new FromItemReader(dialect, t, span.to(), depth);
        int i = span.from();
        int to = span.to();
        Join join = Join.COMMA;
        boolean natural = false;
        while (i < to) {
            items.add(reader.read(i, join, natural));
            i = reader.end();
            natural = false;
            if (i >= to) {
                return items;
            }
            if (t.is(i, TokenType.COMMA)) {
                i++;
                join = Join.COMMA;
                continue;
            }
            int before = i;
            join = Join.INNER;
            boolean joined = false;
            while (i < to && !joined) {
                switch (t.word(i)) {
                    case "NATURAL" -> natural = true;
                    case "CROSS" -> join = Join.CROSS;
                    case "LEFT" -> join = Join.LEFT;
                    case "RIGHT" -> join = Join.RIGHT;
                    case "FULL" -> join = Join.FULL;
                    case "OUTER" -> join = t.is(i + 1, "APPLY") ? Join.LEFT : join;
                    case "INNER", "ASOF", "SEMI", "ANTI", "ANY", "GLOBAL", "HASH", "LOOP", "REMOTE" -> {}
                    case "PARTITION" -> i = t.skip(i + 2, to) - 1;
                    case "MERGE" -> {}
                    case "JOIN", "STRAIGHT_JOIN", "APPLY" -> joined = true;
                    default -> throw new UnreadableException("unexpected word in a FROM list");
                }
                i++;
            }
            if (!joined || before == i) {
                throw new UnreadableException("no join where one was expected");
            }
        }
        return items;
    }

    /** Where the condition of an ON that starts at {@code from} ends: at the next join, or with the list. */
    static int endOfCondition(Tokens t, int from, int to) {
        int j = from;
        while (j < to) {
            if (t.is(j, TokenType.COMMA)) {
                return j;
            }
            switch (t.word(j)) {
                case "JOIN", "STRAIGHT_JOIN", "ON", "INNER", "CROSS", "NATURAL", "ASOF" -> {
                    if (!t.is(j - 1, TokenType.DOT) && !t.is(j + 1, TokenType.DOT)) {
                        return j;
                    }
                }
                case "LEFT", "RIGHT", "FULL" -> {
                    if (t.isAny(j + 1, "JOIN", "OUTER", "SEMI", "ANTI", "HASH", "LOOP", "MERGE")) {
                        return j;
                    }
                }
                case "OUTER" -> {
                    if (t.is(j + 1, "APPLY")) {
                        return j;
                    }
                }
                default -> {}
            }
            j = t.skip(j, to);
        }
        return to;
    }
}
