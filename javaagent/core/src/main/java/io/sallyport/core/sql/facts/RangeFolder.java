package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;

/** IN and BETWEEN. */
abstract class RangeFolder extends ComparisonFolder {

    RangeFolder(Dialect dialect, Tokens t, Span span, Rows rows) {
        super(dialect, t, span, rows);
    }

    final Value in(Value left) {
        i++;
        if (!t.is(i, TokenType.LEFT_PAREN)) {
            Value right = parse(6);
            return Value.condition(Value.worst(left, right), null, null);
        }
        Span list = Clauses.inside(t, i, to);
        int after = t.skip(i, to);
        if (Clauses.startsQuery(t, list.from(), list.to())) {
            if (isOfRow(left) && rows.givesOwn(list, left.text())) {
                i = after;
                return Value.TRUE;
            }
            if (isEmptyQuery(list)) {
                i = after;
                return Value.FALSE;
            }
            Value right = rows.depend(list) ? Value.ROW : Value.OTHER;
            i = after;
            String query = left.text() == null ? null : text(list.from(), list.to());
            return query == null
                    ? Value.condition(Value.worst(left, right), null, null)
                    : Value.condition(
                            Value.worst(left, right), left.text() + " IN " + query, left.text() + " NOT IN " + query);
        }
        if (list.isEmpty()) {
            // SQLite: nothing is in it.
            i = after;
            return Value.FALSE;
        }
        boolean matched = false;
        boolean unknown = t.folded();
        boolean sawNull = false;
        boolean uncertain = false;
        Value.Kind kind = left.isConstant() ? null : left.kind();
        i = list.from();
        while (i < list.to()) {
            Value item = part(nextItem(list.to())).nested(depth);
            i = nextItem(list.to()).to() + 1;
            if (left.isConstant() && item.isConstant()) {
                Value same = Constants.compare(dialect, left, "=", item);
                matched |= same == Value.TRUE;
                unknown |= !same.isConstant();
                sawNull |= same.isNull();
                uncertain |= same.isUncalculated();
            } else {
                matched |= left.kind() == Value.Kind.ROW
                        && left.text() != null
                        && left.text().equals(item.text());
                kind = Value.worst(left, item);
            }
        }
        i = after;
        if (matched) {
            return Value.TRUE;
        }
        if (uncertain) {
            return Value.uncalculated(null);
        }
        if (kind == null) {
            return unknown ? Value.OTHER : sawNull ? Value.NULL : Value.FALSE;
        }
        return Value.condition(kind, null, null);
    }

    final Value between(Value left) {
        i++;
        boolean symmetric = t.is(i, "SYMMETRIC");
        if (t.isAny(i, "SYMMETRIC", "ASYMMETRIC")) {
            i++;
        }
        boolean least = isBound(left, "MIN");
        Value low = parse(6);
        if (!t.is(i, "AND")) {
            return Value.condition(Value.worst(left, low), null, null);
        }
        i++;
        boolean all = least && isBound(left, "MAX");
        Value high = parse(6);
        if (all) {
            return Value.TRUE;
        }
        if (left.isConstant() && low.isConstant() && high.isConstant()) {
            Value within = within(left, low, high);
            return symmetric && within == Value.FALSE ? within(left, high, low) : within;
        }
        String text = left.text();
        if (text != null && text.equals(low.text()) && text.equals(high.text()) && left.kind() == Value.Kind.ROW) {
            return Value.TRUE;
        }
        boolean row = left.kind() == Value.Kind.ROW || Value.worst(low, high) == Value.Kind.ROW;
        return row ? Value.ROW : Value.OTHER;
    }

    private Value within(Value value, Value low, Value high) {
        Value above = Constants.compare(dialect, value, ">=", low);
        Value below = Constants.compare(dialect, value, "<=", high);
        if (above == Value.FALSE || below == Value.FALSE) {
            return Value.FALSE;
        }
        if (above.isUncalculated() || below.isUncalculated()) {
            return Value.uncalculated(null);
        }
        if (above == Value.TRUE && below == Value.TRUE) {
            return Value.TRUE;
        }
        return above.isConstant() && below.isConstant() ? Value.NULL : Value.OTHER;
    }
}
