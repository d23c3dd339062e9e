package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;

/** LIKE and regular expressions. */
abstract class PatternFolder extends RangeFolder {

    PatternFolder(Dialect dialect, Tokens t, Span span, Rows rows) {
        super(dialect, t, span, rows);
    }

    final Value like(Value left) {
        String op = t.word(i);
        i++;
        if (op.equals("SIMILAR") && t.is(i, "TO")) {
            i++;
        }
        return matches(left, op);
    }

    /** The pattern behind LIKE, or behind another operator for patterns. */
    final Value matches(Value left, String op) {
        boolean wildcards = op.equals("LIKE") || op.equals("ILIKE") || op.startsWith("~~");
        Value right = parse(6);
        boolean escape = t.is(i, "ESCAPE");
        if (escape) {
            i++;
            parse(6);
        }
        if (right.data() instanceof String pattern) {
            if (isAll(pattern, op, wildcards)) {
                return left.isNull() ? Value.NULL : Value.TRUE;
            }
            if (wildcards && !escape && left.data() != null && isCalculable(left, pattern)) {
                return Constants.like(Constants.text(left), pattern);
            }
        }
        if (left.isNull() || right.isNull()) {
            return Value.NULL;
        }
        boolean same = left.text() != null && left.text().equals(right.text()) && left.kind() == Value.Kind.ROW;
        return same && wildcards
                ? Value.TRUE
                : Value.condition(
                        Value.worst(left, right), joined(left, " LIKE ", right), joined(left, " NOT LIKE ", right));
    }

    /** PostgreSQL's {@code ^@}. */
    final Value startsWith(Value left) {
        Value right = parse(6);
        if (left.data() instanceof String text && right.data() instanceof String start) {
            return Value.of(text.startsWith(start));
        }
        return inEverything(left, right, "".equals(right.data()), " ^@ ");
    }

    /** PostgreSQL's {@code @>} and {@code <@} of arrays and documents. */
    final Value contains(Value left, String op) {
        Value right = parse(6);
        boolean turned = op.equals("<@");
        Object part = (turned ? left : right).data();
        return inEverything(
                turned ? right : left, turned ? left : right, "{}".equals(part) || "[]".equals(part), " @> ");
    }

    private Value inEverything(Value whole, Value part, boolean empty, String op) {
        if (whole.isNull() || part.isNull()) {
            return Value.NULL;
        }
        boolean same = rows.isCase() && whole.data() != null && whole.data().equals(part.data());
        return empty || same ? Value.TRUE : Value.condition(Value.worst(whole, part), joined(whole, op, part), null);
    }

    /** SQL Server's patterns have sets: {@code [a-c]}. */
    private boolean isCalculable(Value left, String pattern) {
        boolean sets = dialect == Dialect.TSQL || dialect == Dialect.GENERIC;
        return !left.isUncalculated() && (rows.isCase() || !sets || pattern.indexOf('[') < 0);
    }

    private static boolean isAll(String pattern, String op, boolean wildcards) {
        boolean glob = op.equals("GLOB");
        if (wildcards || glob || op.equals("SIMILAR")) {
            String plain = op.equals("SIMILAR") ? pattern.replace("_*", "%") : pattern;
            return !plain.isEmpty() && plain.chars().allMatch(c -> c == (glob ? '*' : '%'));
        }
        return RegularExpressions.findInAll(pattern);
    }
}
