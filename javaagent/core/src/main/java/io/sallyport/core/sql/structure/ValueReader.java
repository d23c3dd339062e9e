package io.sallyport.core.sql.structure;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of a statement, literals and {@code ?}, and the column that each certainly stands against: {@code a = 1}, {@code a IN
 * (1, ?)}, {@code a BETWEEN 1 AND 2}, {@code SET a = ?}, {@code INSERT … (a, b) VALUES (1, ?)}. {@link ParameterReader} also guesses ({@code
 * lower(a) = lower(?)}), which is right for a rule that looks for a value and wrong for a decision that a value may be shown.
 */
public final class ValueReader {

    /** The column of a value that only counts rows ({@code LIMIT 10}). */
    public static final String ROW_COUNT = "";

    private static final int MOST = 256;

    /**
     * @param token the literal's, or the parameter's
     * @param column folded; {@link #ROW_COUNT}; {@code null} where the place is not certain
     */
    public record Value(int token, @Nullable String column) {}

    private final Tokens t;
    private final List<Value> values = new ArrayList<>();
    private @Nullable String listColumn;
    private int listOpen = -1;
    private int listEnd = -1;
    private List<String> inserted = List.of();
    private int rowEnd = -1;
    private int rowDepthEnd = -1;
    private int item;

    private ValueReader(Tokens t) {
        this.t = t;
    }

    /** @return {@code null} where there are too many values to look at each */
    public static @Nullable List<Value> read(Tokens t) {
        ValueReader reader = new ValueReader(t);
        for (int i = 0; i < t.size(); i++) {
            reader.token(i);
            if (reader.values.size() > MOST) {
                return null;
            }
        }
        return reader.values;
    }

    private void token(int i) {
        if (isValue(i)) {
            values.add(new Value(i, column(i)));
        } else if (t.is(i, TokenType.LEFT_PAREN)) {
            open(i);
        } else if (t.is(i, TokenType.COMMA)) {
            item += i < rowEnd && i > rowDepthEnd ? 1 : 0;
        } else if (t.isAny(i, "VALUES", "VALUE") && t.is(i - 1, TokenType.RIGHT_PAREN)) {
            inserted = names(t.match(i - 1), i - 1);
        } else if (t.isAny(i, "SELECT", "SET", "WHERE")) {
            inserted = List.of();
        }
    }

    private boolean isValue(int i) {
        return t.is(i, TokenType.STRING) || t.is(i, TokenType.NUMBER) || t.is(i, TokenType.PARAM);
    }

    private void open(int i) {
        int close = t.match(i);
        if (t.is(i - 1, "IN")) {
            listOpen = i;
            listEnd = close;
            listColumn = columnBefore(t.is(i - 2, "NOT") ? i - 3 : i - 2);
        }
        boolean row =
                t.isAny(i - 1, "VALUES", "VALUE") || t.is(i - 1, TokenType.COMMA) && t.is(i - 2, TokenType.RIGHT_PAREN);
        if (i > rowEnd && row && !inserted.isEmpty()) {
            rowEnd = close;
            rowDepthEnd = i;
            item = 0;
        } else if (i < rowEnd && i > rowDepthEnd) {
            rowDepthEnd = close;
        }
    }

    private @Nullable String column(int i) {
        if (t.isAny(i - 1, "LIMIT", "OFFSET", "FIRST", "NEXT", "TOP") && !goesOn(i + 1)) {
            return ROW_COUNT;
        }
        if (i < listEnd) {
            boolean alone = (i - 1 == listOpen || t.is(i - 1, TokenType.COMMA))
                    && (i + 1 == listEnd || t.is(i + 1, TokenType.COMMA));
            return alone && t.match(listOpen) == listEnd ? listColumn : null;
        }
        if (i < rowEnd) {
            return item < inserted.size() ? inserted.get(item) : null;
        }
        if (goesOn(i + 1)) {
            return null;
        }
        if (isComparison(i - 1)) {
            return columnBefore(t.is(i - 2, "NOT") ? i - 3 : i - 2);
        }
        if (t.is(i - 1, "BETWEEN")) {
            return columnBefore(t.is(i - 2, "NOT") ? i - 3 : i - 2);
        }
        return t.is(i - 1, "AND") && t.is(i - 3, "BETWEEN") ? columnBefore(t.is(i - 4, "NOT") ? i - 5 : i - 4) : null;
    }

    /** Whether the expression is more than the value before {@code i}. */
    private boolean goesOn(int i) {
        return t.is(i, TokenType.OPERATOR) || t.is(i, TokenType.LEFT_BRACKET) || t.isAny(i, "COLLATE", "AT", "ESCAPE");
    }

    private boolean isComparison(int i) {
        if (t.is(i, TokenType.OPERATOR)) {
            return switch (t.text(i)) {
                case "=", "==", "<>", "!=", "<", ">", "<=", ">=", "<=>" -> true;
                default -> false;
            };
        }
        return t.isAny(i, "LIKE", "ILIKE");
    }

    /** The column that alone is what ends at {@code i}. */
    private @Nullable String columnBefore(int i) {
        if (!t.isName(i)) {
            return null;
        }
        int first = i;
        while (t.is(first - 1, TokenType.DOT) && t.isName(first - 2)) {
            first -= 2;
        }
        boolean alone = t.isAny(first - 1, "WHERE", "AND", "OR", "ON", "SET", "HAVING", "WHEN", "NOT")
                || t.is(first - 1, TokenType.COMMA)
                || t.is(first - 1, TokenType.LEFT_PAREN);
        return alone ? t.name(i) : null;
    }

    private List<String> names(int open, int close) {
        List<String> names = new ArrayList<>();
        for (int i = open + 1; i < close && open >= 0; i += 2) {
            if (!t.isName(i) || i + 1 < close && !t.is(i + 1, TokenType.COMMA)) {
                return List.of();
            }
            names.add(t.name(i));
        }
        return names;
    }
}
