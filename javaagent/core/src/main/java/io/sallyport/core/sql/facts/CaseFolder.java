package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;

/** CASE, searched and simple. */
abstract class CaseFolder extends OperandFolder {

    CaseFolder(Dialect dialect, Tokens t, Span span, Rows rows) {
        super(dialect, t, span, rows);
    }

    final Value caseExpression() {
        int start = i;
        i++;
        Value subject = t.is(i, "WHEN") ? null : parse(1);
        Value result = null;
        Value.Kind unknown = null;
        Value same = null;
        boolean differ = false;
        while (t.is(i, "WHEN") && i < to) {
            i++;
            Value when = parse(1);
            if (!t.is(i, "THEN")) {
                // Nothing left: it was too deep to tell.
                return i >= to ? Value.OTHER : anything(start, to);
            }
            i++;
            Value then = parse(1);
            differ |= same != null && !same.equals(then);
            same = then;
            Value test = subject == null
                    ? when
                    : subject.isConstant() && when.isConstant() ? Constants.compare(dialect, subject, "=", when) : null;
            if (test == null || !test.isConstant() || test.isUncalculated()) {
                Value seen = test == null && subject != null ? subject : when;
                unknown = unknown == Value.Kind.ROW ? unknown : Value.worst(seen, then);
                unknown = Value.worst(when, seen) == Value.Kind.ROW ? Value.Kind.ROW : unknown;
            } else if (Boolean.TRUE.equals(test.truth()) && result == null) {
                result = then;
            }
        }
        if (t.is(i, "ELSE")) {
            i++;
            Value otherwise = parse(1);
            differ |= same != null && !same.equals(otherwise);
            result = result == null ? otherwise : result;
        } else {
            differ = true;
        }
        if (t.is(i, "END")) {
            i++;
        }
        Value value = result == null ? Value.NULL : result;
        if (unknown == null) {
            return value;
        }
        if (!differ && value.isConstant()) {
            // Every branch has the same value.
            return value;
        }
        boolean row = unknown == Value.Kind.ROW || value.kind() == Value.Kind.ROW;
        return (row ? Value.ROW : Value.OTHER).withText(text(start, i));
    }
}
