package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;

/** Comparisons of two values, or of one with ANY or ALL of many. */
abstract class ComparisonFolder extends OperatorFolder {

    private static final Set<String> ONE_ROW_ENDS = Set.of("FROM", "WHERE", "LIMIT", "UNION", "INTERSECT", "EXCEPT");

    ComparisonFolder(Dialect dialect, Tokens t, Span span, Rows rows) {
        super(dialect, t, span, rows);
    }

    /** Whether the value belongs to the written row, so that a sub-query over the same table can give it. */
    final boolean isOfRow(Value v) {
        return v.text() != null && (v.kind() == Value.Kind.ROW || rows.isCase());
    }

    final Value comparison(Value left, String op) {
        if (t.isAny(i, "ANY", "ALL", "SOME") && t.is(i + 1, TokenType.LEFT_PAREN)) {
            int start = i;
            Span list = Clauses.inside(t, i + 1, to);
            boolean all = t.is(i, "ALL");
            boolean any = !all && op.indexOf('=') >= 0 && !op.equals("!=") && !op.equals("^=");
            i = t.skip(i + 1, to);
            int array = t.is(list.from(), "ARRAY") ? t.skip(list.from() + 1, list.to()) : list.from();
            if (array == list.to() || t.isOp(array, "::")) {
                list = Clauses.inside(t, list.from() + 1, array);
            }
            if (any && isOfRow(left) && rows.givesOwn(list, left.text())) {
                return Value.TRUE;
            }
            if (list.isEmpty() || isEmptyQuery(list)) {
                return Value.of(all);
            }
            if (all
                    && t.is(list.from(), "SELECT")
                    && Clauses.find(t, list.from(), list.to(), ONE_ROW_ENDS) == list.to()) {
                // Of one row: ALL (SELECT a) compares with a.
                int after = i;
                i = start + 1;
                Value compared = comparison(left, op);
                i = after;
                return compared;
            }
            if (any && isOfRow(left) && isListed(left, list)) {
                return Value.TRUE;
            }
            return Value.condition(Value.worst(left, anything(start, i)), null, null);
        }
        if (t.is(i, TokenType.LEFT_PAREN) && op.indexOf('=') >= 0 && !op.equals("!=") && isOfRow(left)) {
            Span inside = Clauses.inside(t, i, to);
            if (Clauses.isQuery(t, inside.from(), inside.to()) && rows.givesOwn(inside, left.text())) {
                i = t.skip(i, to);
                return Value.TRUE;
            }
        }
        boolean least = op.equals(">=") || op.equals("!<");
        if ((least || op.equals("<=") || op.equals("!>")) && isBound(left, least ? "MIN" : "MAX")) {
            i = t.skip(i, to);
            return Value.TRUE;
        }
        Value right = parse(6);
        if (left.isConstant() && right.isConstant()) {
            return Constants.compare(dialect, left, op, right);
        }
        if (dialect == Dialect.SQLITE
                && op.startsWith("=")
                && right.data() instanceof String literal
                && (literal + " ").equals(left.text())) {
            // "a" = 'a': a string, where there is no column of that name.
            return Value.TRUE;
        }
        String canonical = switch (op) {
            case "==", "<=>" -> "=";
            case "!=", "^=" -> "<>";
            case "!<" -> ">=";
            case "!>" -> "<=";
            default -> op;
        };
        if (left.text() != null && left.text().equals(right.text()) && left.kind() == Value.Kind.ROW) {
            return Value.of(canonical.indexOf('=') >= 0);
        }
        if (left.isNull() || right.isNull()) {
            return op.equals("<=>") ? Value.condition(Value.worst(left, right), null, null) : Value.NULL;
        }
        String opposite = switch (canonical) {
            case "=" -> "<>";
            case "<>" -> "=";
            case "<" -> ">=";
            case ">=" -> "<";
            case ">" -> "<=";
            default -> ">";
        };
        Value condition = Value.condition(
                Value.worst(left, right), joined(left, canonical, right), joined(left, opposite, right));
        if (left.text() == null || right.data() == null || right.isUncalculated()) {
            return condition;
        }
        Value.Range range = new Value.Range(left.text(), canonical, right.data());
        return left.text().equals("rownum ") && isAnyRow(range) ? Value.TRUE : condition.withRange(range);
    }

    /** Whether a query stands here that gives the least or the greatest of what {@code left} is in any row. */
    final boolean isBound(Value left, String aggregate) {
        String text = left.text();
        if (text == null || !isOfRow(left) || !t.is(i, TokenType.LEFT_PAREN)) {
            return false;
        }
        Span inside = Clauses.inside(t, i, to);
        return Clauses.isQuery(t, inside.from(), inside.to()) && rows.boundsOwn(inside, aggregate, text);
    }

    /** {@code id = ANY (ARRAY[1, id])}. */
    private boolean isListed(Value left, Span list) {
        if (Clauses.startsQuery(t, list.from(), list.to())) {
            return false;
        }
        int restore = i;
        boolean listed = false;
        for (i = list.from(); i < list.to() && !listed; ) {
            Span item = nextItem(list.to());
            OperandFolder inner = part(item);
            String text = inner.nested(depth).text();
            listed = inner.i >= item.to() && text != null && text.equals(left.text());
            i = item.to() + 1;
        }
        i = restore;
        return listed;
    }

    /** Oracle counts rows from 1. */
    private static boolean isAnyRow(Value.Range range) {
        return range.bound() instanceof Double n
                && (range.op().equals(">") && n < 1
                        || range.op().equals(">=") && n <= 1
                        || range.op().equals("<>") && n < 1);
    }
}
