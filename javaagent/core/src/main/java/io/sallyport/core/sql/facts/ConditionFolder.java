package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import org.jspecify.annotations.Nullable;

/**
 * Folds the condition of a write. One pass; chains of AND and OR are loops, only brackets recurse (at most {@link #MAX_DEPTH}).
 *
 * <p>Binding strengths: OR 1, XOR 2, AND 3, NOT 4, comparison 5, other operators 6, sums 7, products 8. The layers of the grammar are
 * layers of classes: this one has the connectives, {@link PredicateFolder} what they connect, {@link OperatorFolder} and {@link
 * CallFolder} what that compares, {@link OperandFolder} what's left.
 */
final class ConditionFolder extends PredicateFolder {

    private ConditionFolder(Dialect dialect, Tokens t, Span span, Rows rows) {
        super(dialect, t, span, rows);
    }

    /** What {@code span} is as a condition on {@code rows}. */
    static Value fold(Dialect dialect, Tokens t, Span span, Rows rows) {
        ConditionFolder folder = new ConditionFolder(dialect, t, span, rows);
        Value value = folder.parse(1);
        if (folder.i < folder.to) {
            rows.unread();
            Value rest = folder.depth > MAX_DEPTH ? Value.OTHER : folder.anything(folder.i, folder.to);
            return Value.worst(value, rest) == Value.Kind.ROW ? Value.ROW : Value.OTHER;
        }
        return value;
    }

    /** What a query selects; several columns are one row. */
    static Value value(Dialect dialect, Tokens t, Span selected, Rows rows) {
        ConditionFolder folder = new ConditionFolder(dialect, t, selected, rows);
        Value value = folder.parse(1);
        return folder.i < folder.to ? folder.rowValue(selected, "") : value;
    }

    @Override
    OperandFolder part(Span span) {
        return new ConditionFolder(dialect, t, span, rows);
    }

    @Override
    Value parse(int strength) {
        if (++depth > MAX_DEPTH) {
            // Too deep to tell: not taken for a filter.
            i = to;
            return Value.OTHER;
        }
        Value left;
        int start = i;
        if (i < to && t.is(i, "NOT")) {
            i++;
            left = negate(parse(4));
        } else if (i < to && t.isOp(i, "!")) {
            i++;
            left = negate(parse(9));
        } else {
            left = operand();
        }
        boolean more = true;
        while (more && i < to) {
            Value next = infix(left, strength, start);
            more = next != null;
            left = next == null ? left : next;
        }
        depth--;
        return left;
    }

    /** The value of {@code left} and the operator that follows; {@code null} when none of at least {@code strength} does. */
    private @Nullable Value infix(Value left, int strength, int start) {
        if (t.isOp(i, ":=")) {
            // MySQL: @a := b is b.
            i++;
            return parse(1);
        }
        if (isOr()) {
            return strength > 1 ? null : chain(left, true);
        }
        if (t.is(i, "XOR")) {
            return strength > 2 ? null : xor(left);
        }
        if (isAnd()) {
            return strength > 3 ? null : chain(left, false);
        }
        if (strength <= 5) {
            Value compared = predicate(left);
            if (compared != null) {
                boolean uncertain = rows.isCase()
                        ? Literals.areUncertain(dialect, t, start, i)
                        : compared.kind() == Value.Kind.OTHER && Literals.only(dialect, t, start, i);
                if (uncertain) {
                    return Value.uncalculated(text(start, i));
                }
                Value said = compared.isConstant() ? null : rows.test(text(start, i));
                return said == null ? compared : said;
            }
        }
        return operator(left, strength);
    }

    private boolean isOr() {
        return t.is(i, "OR") || t.isOp(i, "||") && dialect == Dialect.MYSQL;
    }

    private boolean isAnd() {
        return t.is(i, "AND") || t.isOp(i, "&&") && dialect == Dialect.MYSQL;
    }

    private Value chain(Value first, boolean or) {
        ConditionChain chain = new ConditionChain(or);
        chain.add(first);
        while (i < to && (or ? isOr() : isAnd())) {
            i++;
            if (rows.isCase() && chain.isDecided()) {
                skipTerm(or);
            } else {
                chain.add(parse(or ? 2 : 4));
            }
        }
        return chain.value();
    }

    /** A term that can't matter any more: what its columns hold need not be tried. */
    private void skipTerm(boolean or) {
        int cases = 0;
        while (i < to) {
            if (t.is(i, "CASE")) {
                cases++;
            } else if (t.is(i, "END") && cases > 0) {
                cases--;
            } else if (cases == 0 && (t.isAny(i, "THEN", "WHEN", "ELSE", "END") || isOr() || !or && t.is(i, "XOR"))) {
                return;
            }
            i = t.skip(i, to);
        }
    }

    private Value xor(Value left) {
        i++;
        Value right = parse(3);
        if (left.isConstant() && right.isConstant()) {
            if (left.isUncalculated() || right.isUncalculated()) {
                return Value.uncalculated(null);
            }
            Boolean a = left.truth();
            Boolean b = right.truth();
            return a == null || b == null ? Value.NULL : Value.of(!a.equals(b));
        }
        if (left.negated() != null && left.negated().equals(right.atom())) {
            return Value.TRUE;
        }
        return Value.condition(Value.worst(left, right), null, null);
    }
}
