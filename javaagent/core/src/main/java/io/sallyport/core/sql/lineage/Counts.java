package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.Words;
import java.util.Set;

/** What counting functions tell of what they count: how many rows hold a column tells nothing of its values. */
final class Counts {

    private static final Set<String> FUNCTIONS = Set.of("COUNT", "COUNT_BIG", "APPROX_COUNT_DISTINCT", "REGR_COUNT");
    /** Functions that tell of a list how long it is, and those that make one of rows, an element each. */
    private static final Set<String> LENGTHS =
            Set.of("ARRAY_LENGTH", "JSON_ARRAY_LENGTH", "JSONB_ARRAY_LENGTH", "JSON_LENGTH");

    private static final Set<String> LISTS = Set.of("ARRAY_AGG", "JSON_AGG", "JSONB_AGG", "JSON_ARRAYAGG");

    private static final Set<String> STRICT = Set.of(
            "CAST",
            "LOWER",
            "UPPER",
            "LENGTH",
            "CHAR_LENGTH",
            "TRIM",
            "BTRIM",
            "MD5",
            "ABS",
            "ROUND",
            "REVERSE",
            "CONCAT",
            "COALESCE",
            "IFNULL",
            "NVL");
    private static final Set<String> STRICT_OPERATORS = Set.of("*", "+", "-", "||", "::");

    private final Tokens t;
    private final Expressions expressions;

    Counts(Tokens t, Expressions expressions) {
        this.t = t;
        this.expressions = expressions;
    }

    static boolean are(String function) {
        return FUNCTIONS.contains(function);
    }

    /** Whether the call at {@code i} is {@code array_length(array_agg(x), 1)} or its like. */
    static boolean areLengths(Tokens t, int i, int to) {
        if (!LENGTHS.contains(t.word(i)) || !LISTS.contains(t.word(i + 2)) || !t.is(i + 3, TokenType.LEFT_PAREN)) {
            return false;
        }
        int after = t.skip(i + 3, to);
        if (t.is(after, "FILTER") && t.is(after + 1, TokenType.LEFT_PAREN)) {
            after = t.skip(after + 1, to);
        }
        int end = t.skip(i + 1, to) - 1;
        // Of the elements themselves tells a second dimension.
        boolean first = t.is(i, "ARRAY_LENGTH")
                && after + 2 == end
                && t.is(after, TokenType.COMMA)
                && t.text(after + 1).equals("1");
        return first || after == end && !t.is(i, "ARRAY_LENGTH");
    }

    /** count(x) tells nothing of x when x is a column as it is; what is computed from x may be NULL or equal for what x holds. */
    int count(int i, int to, Scope scope, Ctes ctes, Origins into) {
        Span inside = Clauses.inside(t, i + 1, to);
        int after = t.skip(i + 1, to);
        boolean distinct = t.is(inside.from(), "DISTINCT");
        int from = distinct || t.is(inside.from(), "ALL") ? inside.from() + 1 : inside.from();
        for (Span argument : Clauses.commaSeparated(t, from, inside.to())) {
            if (t.isOp(argument.from(), "*")) {
                // Rows, whatever they hold.
                continue;
            }
            Origins origins = new Origins();
            expressions.collect(argument, scope, ctes, origins);
            boolean tells = !origins.isCopied() || !(distinct ? areColumns(argument) : isStrict(argument));
            if (tells) {
                into.add(origins);
            }
        }
        if (t.is(after, "FILTER")) {
            Span filter = Clauses.inside(t, after + 1, to);
            expressions.collect(filter, scope, ctes, into);
            after = t.skip(after + 1, to);
        }
        if (t.is(after, "OVER")) {
            after = countOver(after + 1, to, scope, ctes, into);
        }
        return Math.min(after, to);
    }

    /** How many rows there are in a partition tells nothing of a column as it is; how many there are before a row does. */
    private int countOver(int i, int to, Scope scope, Ctes ctes, Origins into) {
        Origins origins = new Origins();
        if (!t.is(i, TokenType.LEFT_PAREN)) {
            expressions.windows().named(t.name(i), scope, ctes, into);
            return i + 1;
        }
        Span over = Clauses.inside(t, i, to);
        expressions.windows().over(i, to, scope, ctes, origins);
        boolean plain = t.is(over.from(), "PARTITION") && t.is(over.from() + 1, "BY");
        for (Span key : Clauses.commaSeparated(t, over.from() + 2, over.to())) {
            plain = plain && isColumn(t, key);
        }
        if (!plain || !origins.isCopied()) {
            into.add(origins);
        }
        return t.skip(i, to);
    }

    /** Whether what is counted are columns, or a row of them. */
    private boolean areColumns(Span argument) {
        int from = argument.from();
        if (!t.is(from, TokenType.LEFT_PAREN) || t.skip(from, argument.to()) < argument.to()) {
            return isColumn(t, argument);
        }
        Span inside = Clauses.inside(t, from, argument.to());
        return Clauses.commaSeparated(t, inside.from(), inside.to()).stream().allMatch(column -> isColumn(t, column));
    }

    /** Whether only NULLs in its columns decide where the expression is NULL: made of columns, literals, casts and such functions. */
    private boolean isStrict(Span span) {
        for (int i = span.from(); i < span.to(); i++) {
            TokenType type = t.type(i);
            boolean call = t.is(i + 1, TokenType.LEFT_PAREN);
            boolean odd = type == TokenType.WORD
                    && (call ? !STRICT.contains(t.word(i)) : Words.NEVER_COLUMN.contains(t.word(i)) && !t.is(i, "AS"));
            if (odd
                    || type == TokenType.OPERATOR && !STRICT_OPERATORS.contains(t.text(i))
                    || type == TokenType.QUOTED && call) {
                return false;
            }
        }
        return true;
    }

    /** A column, perhaps in brackets or cast. */
    static boolean isColumn(Tokens t, Span span) {
        int from = Clauses.firstInside(t, span.from(), span.to());
        int to = span.to();
        while (to > from && t.is(to - 1, TokenType.RIGHT_PAREN) && t.match(to - 1) < from) {
            to--;
        }
        return columnEnd(t, from) == to;
    }

    /** Index behind the name chain at {@code i}. */
    private static int columnEnd(Tokens t, int i) {
        int j = i;
        while (t.isName(j) && t.is(j + 1, TokenType.DOT)) {
            j += 2;
        }
        return t.isName(j) || t.isOp(j, "*") ? j + 1 : j;
    }
}
