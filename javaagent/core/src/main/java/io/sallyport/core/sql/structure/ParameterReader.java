package io.sallyport.core.sql.structure;

import io.sallyport.core.sql.ParameterPlaces;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells which column each {@code ?} is compared with or assigned to: {@code a = ?}, {@code ? < a}, {@code a IN (?, ?)}, {@code a = ANY
 * (?)}, {@code a BETWEEN ? AND ?}, {@code lower(a) = lower(?)}, {@code SET a = ?}, {@code INSERT … (a, b) VALUES (?, ?)}. One pass.
 */
public final class ParameterReader {

    /** Calls around a parameter that are looked through: {@code a = lower(trim(?))}. */
    private static final int MAX_CALLS = 3;
    /** The highest number of a parameter (SQLite: {@code SQLITE_MAX_VARIABLE_NUMBER}). */
    private static final int MAX_NUMBER = 32_766;

    private final Tokens t;
    private final List<@Nullable String> columns = new ArrayList<>();
    /** Places that no parameter has been seen for yet. */
    private final BitSet unseen = new BitSet();
    /** One parameter stands for two columns. */
    private boolean ambiguous;

    private int longest;
    /** Where the IN list that is being read ends; its column; its length so far. */
    private int listEnd = -1;

    private @Nullable String listColumn;
    private int listLength;
    /** Columns of the INSERT whose rows are being read. */
    private List<String> inserted = List.of();

    private int rowEnd = -1;
    private int item;

    private ParameterReader(Tokens t) {
        this.t = t;
    }

    /** Places of all {@code ?} of {@code t}, which must be read without shortening lists. */
    public static ParameterPlaces read(Tokens t) {
        ParameterReader reader = new ParameterReader(t);
        for (int i = 0; i < t.size(); i++) {
            reader.token(i);
        }
        if (reader.ambiguous) {
            return ParameterPlaces.UNKNOWN;
        }
        return reader.columns.isEmpty()
                ? ParameterPlaces.NONE
                : new ParameterPlaces(reader.columns, reader.longest, true);
    }

    private void token(int i) {
        if (t.is(i, TokenType.PARAM) ? t.text(i).startsWith("?") : t.isOp(i, "?|") || t.isOp(i, "?&")) {
            // Drivers bind to each lone ?, also where it could be an operator.
            parameter(i);
        } else if (t.is(i, TokenType.LEFT_PAREN)) {
            open(i);
        } else if (t.is(i, TokenType.COMMA)) {
            item += i < rowEnd && isDirectlyInRow(i) ? 1 : 0;
        } else if (t.isAny(i, "VALUES", "VALUE") && t.is(i - 1, TokenType.RIGHT_PAREN)) {
            inserted = names(t.match(i - 1), i - 1);
        } else if (t.isAny(i, "SELECT", "SET", "WHERE")) {
            inserted = List.of();
        }
    }

    private int rowDepthEnd = -1;

    private boolean isDirectlyInRow(int i) {
        return i > rowDepthEnd;
    }

    private void open(int i) {
        int close = t.match(i);
        if (t.is(i - 1, "IN")) {
            listEnd = close;
            listColumn = nameBefore(i - 2);
            listLength = 0;
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

    private void parameter(int i) {
        String column;
        if (i < listEnd) {
            column = listColumn;
            longest = Math.max(longest, ++listLength);
        } else {
            column = compared(i);
            if (column == null && i < rowEnd && item < inserted.size()) {
                column = inserted.get(item);
            }
        }
        place(numbered(i), column);
    }

    /** Where in the order of all parameters {@code ?5} of SQLite and H2 stands; the next place for a plain {@code ?}. */
    private int numbered(int i) {
        String text = t.text(i);
        int digits = t.is(i, TokenType.PARAM) ? text.length() - 1 : 0;
        int number = digits > 0 && digits < 6 ? Integer.parseInt(text, 1, text.length(), 10) : 0;
        return number > 0 && number <= MAX_NUMBER ? number - 1 : columns.size();
    }

    private void place(int at, @Nullable String column) {
        while (columns.size() <= at) {
            columns.add(null);
            unseen.set(columns.size() - 1);
        }
        if (unseen.get(at)) {
            columns.set(at, column);
            unseen.clear(at);
        } else {
            ambiguous |= !Objects.equals(columns.get(at), column);
        }
    }

    private @Nullable String compared(int i) {
        int before = i - 1;
        int after = i + 1;
        for (int calls = 0; calls < MAX_CALLS && t.is(before, TokenType.LEFT_PAREN) && t.isName(before - 1); calls++) {
            after = t.match(before) + 1;
            before -= 2;
            while (t.is(before, TokenType.DOT)) {
                before -= 2;
            }
        }
        if (isComparison(before)) {
            return nameBefore(before - 1);
        }
        if (t.is(before, "BETWEEN")) {
            return nameBefore(before - 1);
        }
        if (t.is(before, "AND") && t.is(before - 2, "BETWEEN")) {
            return nameBefore(before - 3);
        }
        return isComparison(after) && !t.is(after, "AND") && t.isName(after + 1) ? lastOfChain(after + 1) : null;
    }

    private boolean isComparison(int i) {
        if (t.is(i, TokenType.OPERATOR)) {
            return switch (t.text(i)) {
                case "=", "==", "<>", "!=", "<", ">", "<=", ">=", "<=>", "~", "~*", "@>", ":=" -> true;
                default -> false;
            };
        }
        return t.isAny(i, "LIKE", "ILIKE", "IS");
    }

    /** The column whose chain, or whose call around it, ends at {@code i}. */
    private @Nullable String nameBefore(int i) {
        int at = t.is(i, "NOT") ? i - 1 : i;
        for (int calls = 0; calls < MAX_CALLS && t.is(at, TokenType.RIGHT_PAREN) && t.match(at) >= 0; calls++) {
            at--;
        }
        return t.isName(at) ? t.name(at) : null;
    }

    private String lastOfChain(int i) {
        int at = i;
        while (t.is(at + 1, TokenType.DOT) && t.isName(at + 2)) {
            at += 2;
        }
        return t.name(at);
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
