package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators that bind more strongly than a comparison: arithmetic, casts, subscripts, collations, vendors' own. */
abstract class OperatorFolder extends CallFolder {

    private static final int MAX_JOINED = 400;
    private static final Set<String> UNITS = Set.of(
            "YEAR", "YEARS", "MONTH", "MONTHS", "DAY", "DAYS", "HOUR", "HOURS", "MINUTE", "MINUTES", "SECOND",
            "SECONDS");

    OperatorFolder(Dialect dialect, Tokens t, Span span, Rows rows) {
        super(dialect, t, span, rows);
    }

    final @Nullable Value operator(Value left, int strength) {
        if (t.is(i, TokenType.LEFT_BRACKET)) {
            int start = i;
            i = t.skip(i, to);
            return Value.worst(left, anything(start, i)) == Value.Kind.ROW ? Value.ROW : Value.OTHER;
        }
        if (t.isOp(i, "::")) {
            i++;
            skipType();
            return left;
        }
        if (t.is(i, "COLLATE")) {
            i += 2;
            while (t.is(i, TokenType.DOT)) {
                i += 2;
            }
            return left;
        }
        if (t.is(i, TokenType.DOT)) {
            i += 2;
            return left.withText(null);
        }
        if (t.is(i, "AT") && t.isAny(i + 1, "TIME", "LOCAL")) {
            i += t.is(i + 1, "TIME") ? 3 : 2;
            return left.withText(null);
        }
        if (t.is(i, TokenType.STRING) && left.isConstant()) {
            // 'a' 'b' is one string.
            Value joined = left.isUncalculated() || Literals.isEncoded(dialect, t.text(i)) && !rows.isCase()
                    ? Value.uncalculated(left.text() + t.text(i))
                    : Value.constant(Constants.text(left) + t.content(i));
            i++;
            return joined;
        }
        if (t.is(i, "OVER") || t.is(i, "FILTER") || t.is(i, "WITHIN")) {
            i = t.skip(t.is(i, "WITHIN") ? i + 2 : i + 1, to);
            return left.withText(null);
        }
        if (left.data() instanceof Double && UNITS.contains(t.word(i))) {
            // Db2's 30 DAYS, which an unknown server may speak.
            i++;
            return Value.OTHER;
        }
        boolean word = t.isAny(i, "DIV", "MOD", "OVERLAPS", "MEMBER", "SOUNDS", "MATCH", "OPERATOR");
        if (!t.is(i, TokenType.OPERATOR) && !word) {
            return null;
        }
        String op = word ? t.word(i) : t.text(i);
        int own = switch (op) {
            case "+", "-" -> 7;
            case "*", "/", "%", "DIV", "MOD" -> 8;
            case "=", "==", "<", ">", "<=", ">=", "<>", "!=", "^=", "<=>", "!<", "!>" -> 5;
            case ":=" -> 0;
            default -> 6;
        };
        if (own < strength) {
            return null;
        }
        i++;
        if (op.equals("OPERATOR")) {
            i = t.skip(i, to);
        } else if (t.isAny(i, "OF", "LIKE")) {
            i++;
        }
        Value right = parse(own + 1);
        if (left.isConstant() && right.isConstant()) {
            return Constants.calculate(dialect, left, op, right);
        }
        String text = joined(left, op, right);
        return new Value(Value.worst(left, right), null, text, null, null, null);
    }

    private void skipType() {
        if (!t.isName(i)) {
            return;
        }
        i++;
        while (t.is(i, TokenType.DOT)) {
            i += 2;
        }
        while (t.isAny(i, "VARYING", "PRECISION", "WITH", "WITHOUT", "TIME", "ZONE") && i < to) {
            i++;
        }
        while ((t.is(i, TokenType.LEFT_PAREN) || t.is(i, TokenType.LEFT_BRACKET)) && i < to) {
            i = t.skip(i, to);
        }
    }

    /** Text of a binary expression; long ones have none, so that chains of operators stay linear. */
    static @Nullable String joined(Value left, String op, Value right) {
        String a = left.text();
        String b = right.text();
        return a == null || b == null || a.length() + b.length() > MAX_JOINED ? null : a + op + b;
    }
}
