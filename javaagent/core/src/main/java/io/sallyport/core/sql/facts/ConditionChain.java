package io.sallyport.core.sql.facts;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terms of an OR or an AND, over three-valued logic. A term that decides alone (TRUE in OR, FALSE in AND) decides the whole, and so
 * does a term together with its opposite: {@code a = 1 OR a <> 1}. In an OR, so do ranges of one expression that leave no gap
 * ({@code a > 0 OR a < 10}, {@code a <> 1 OR a <> 2}). That such a pair is NULL where the expression is NULL isn't counted: a write
 * that spares only those rows is no bounded write.
 */
final class ConditionChain {

    private final boolean or;
    private final Set<String> atoms = new HashSet<>();
    private final Map<String, Gap> gaps = new HashMap<>();
    private boolean decided;
    private boolean sawNull;
    /** A term may be true or false, whatever the row. */
    private boolean uncertain;

    private Value.@Nullable Kind kind;
    /** The one term that isn't constant. */
    private @Nullable Value only;

    private int terms;

    ConditionChain(boolean or) {
        this.or = or;
    }

    void add(Value v) {
        if (v.isUncalculated()) {
            uncertain = true;
            return;
        }
        if (v.isConstant()) {
            Boolean truth = v.truth();
            decided |= truth != null && truth == or;
            sawNull |= truth == null;
            return;
        }
        kind = kind == Value.Kind.ROW || v.kind() == Value.Kind.ROW ? Value.Kind.ROW : Value.Kind.OTHER;
        only = v;
        terms++;
        if (v.atom() != null) {
            decided |= v.negated() != null && atoms.contains(v.negated());
            atoms.add(v.atom());
        }
        if (or && v.range() != null) {
            decided |= gaps.computeIfAbsent(v.range().text(), text -> new Gap()).close(v.range());
        }
    }

    /** Whether further terms can't change the value. */
    boolean isDecided() {
        return decided;
    }

    Value value() {
        if (decided) {
            return Value.of(or);
        }
        if (uncertain && (or || kind == null && !sawNull)) {
            return Value.uncalculated(null);
        }
        if (kind == null) {
            return sawNull ? Value.NULL : Value.of(!or);
        }
        if (sawNull && !or) {
            return Value.FALSE;
        }
        if (only != null && terms == 1) {
            return only;
        }
        return kind == Value.Kind.ROW ? Value.ROW : Value.OTHER;
    }

    /** What the ranges of one expression have left out so far. */
    private static final class Gap {

        /** Everything above is covered; -∞ not counted. */
        private double above = Double.POSITIVE_INFINITY;
        /** Everything below is covered. */
        private double below = Double.NEGATIVE_INFINITY;

        private boolean aboveIncluded;
        private boolean belowIncluded;
        private @Nullable Object spared;

        /** Whether {@code range} leaves nothing out any more. */
        boolean close(Value.Range range) {
            if (range.op().equals("<>")) {
                boolean covered = spared != null && !spared.equals(range.bound());
                spared = range.bound();
                return covered;
            }
            if (!(range.bound() instanceof Double bound)) {
                return false;
            }
            boolean included = range.op().length() == 2;
            if (range.op().charAt(0) == '>' && (bound < above || bound == above && included)) {
                above = bound;
                aboveIncluded = included;
            } else if (range.op().charAt(0) == '<' && (bound > below || bound == below && included)) {
                below = bound;
                belowIncluded = included;
            }
            return above < below || above == below && (aboveIncluded || belowIncluded);
        }
    }
}
