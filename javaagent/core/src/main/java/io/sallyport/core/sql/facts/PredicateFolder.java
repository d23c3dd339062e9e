package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Comparisons, IS, IN, BETWEEN, LIKE. */
abstract class PredicateFolder extends OperatorFolder {

    /** Columns that a server fills itself: never null. */
    private static final Set<String> NEVER_NULL =
            Set.of("ctid ", "xmin ", "cmin ", "tableoid ", "rowid ", "_rowid_ ", "rownum ", "ora_rowscn ");

    PredicateFolder(Dialect dialect, Tokens t, Span span, Rows rows) {
        super(dialect, t, span, rows);
    }

    static Value negate(Value v) {
        if (v.isConstant()) {
            Boolean truth = v.truth();
            return truth == null ? Value.NULL : Value.of(!truth);
        }
        return Value.condition(v.kind(), v.negated(), v.atom());
    }

    final @Nullable Value predicate(Value left) {
        String op = t.is(i, TokenType.OPERATOR) ? t.text(i) : "";
        switch (op) {
            case "=", "==", "<", ">", "<=", ">=", "<>", "!=", "^=", "<=>", "!<", "!>" -> {
                i++;
                return comparison(left, op);
            }
            case "~", "~*", "~~", "~~*" -> {
                // PostgreSQL's operators for POSIX regular expressions and LIKE.
                i++;
                return matches(left, op.startsWith("~~"));
            }
            default -> {}
        }
        int start = i;
        boolean negated = t.is(i, "NOT");
        if (negated) {
            i++;
        }
        Value result = switch (t.word(i)) {
            case "IS" -> negated ? null : is(left);
            case "ISNULL" -> isNull(left, false);
            case "NOTNULL" -> isNull(left, true);
            case "IN" -> in(left);
            case "BETWEEN" -> between(left);
            case "LIKE", "ILIKE", "REGEXP", "RLIKE", "SIMILAR", "GLOB" -> like(left);
            default -> null;
        };
        if (result == null) {
            i = start;
            return null;
        }
        return negated ? negate(result) : result;
    }

    private Value comparison(Value left, String op) {
        if (t.isAny(i, "ANY", "ALL", "SOME") && t.is(i + 1, TokenType.LEFT_PAREN)) {
            int start = i;
            Span list = Clauses.inside(t, i + 1, to);
            boolean any = !t.is(i, "ALL") && op.equals("=");
            i = t.skip(i + 1, to);
            if (t.is(list.from(), "ARRAY") && t.skip(list.from() + 1, list.to()) == list.to()) {
                list = Clauses.inside(t, list.from() + 1, list.to());
            }
            if (any && left.kind() == Value.Kind.ROW && rows.holdsAll(list, left.text())) {
                return Value.TRUE;
            }
            return Value.condition(Value.worst(left, anything(start, i)), null, null);
        }
        Value right = parse(6);
        if (left.isConstant() && right.isConstant()) {
            return Constants.compare(dialect, left, op, right);
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
        if (left.text() == null || right.data() == null) {
            return condition;
        }
        Value.Range range = new Value.Range(left.text(), canonical, right.data());
        return left.text().equals("rownum ") && isAnyRow(range) ? Value.TRUE : condition.withRange(range);
    }

    /** Oracle counts rows from 1. */
    private static boolean isAnyRow(Value.Range range) {
        return range.bound() instanceof Double n
                && (range.op().equals(">") && n < 1
                        || range.op().equals(">=") && n <= 1
                        || range.op().equals("<>") && n < 1);
    }

    private static boolean isNeverNull(String text) {
        return NEVER_NULL.contains(text)
                || text.endsWith(" IS NULL")
                || text.endsWith(" IS NOT NULL")
                || text.endsWith(" IS TRUE");
    }

    private Value isNull(Value left, boolean negated) {
        i++;
        if (left.isConstant()) {
            return Value.of(left.isNull() != negated);
        }
        String text = left.text();
        if (text != null && left.kind() == Value.Kind.ROW && isNeverNull(text)) {
            return Value.of(negated);
        }
        String yes = text == null ? null : text + " IS NULL";
        String no = text == null ? null : text + " IS NOT NULL";
        return negated ? Value.condition(left.kind(), no, yes) : Value.condition(left.kind(), yes, no);
    }

    private Value is(Value left) {
        i++;
        boolean negated = t.is(i, "NOT");
        if (negated) {
            i++;
        }
        switch (t.word(i)) {
            case "NULL", "UNKNOWN" -> {
                return isNull(left, negated);
            }
            case "TRUE", "FALSE" -> {
                boolean wanted = t.is(i, "TRUE");
                i++;
                if (left.isConstant()) {
                    Boolean truth = left.truth();
                    return Value.of((truth != null && truth == wanted) != negated);
                }
                String text = left.text() == null ? null : left.text() + (wanted ? " IS TRUE" : " IS FALSE");
                Value condition = Value.condition(left.kind(), text, text == null ? null : "NOT " + text);
                return negated ? negate(condition) : condition;
            }
            case "DISTINCT" -> {
                i += t.is(i + 1, "FROM") ? 2 : 1;
                Value right = parse(6);
                if (left.isConstant() && right.isConstant()) {
                    boolean same = left.isNull() || right.isNull()
                            ? left.isNull() && right.isNull()
                            : Constants.compare(dialect, left, "=", right) == Value.TRUE;
                    return Value.of(same == negated);
                }
                boolean same = left.text() != null && left.text().equals(right.text());
                return same && left.kind() == Value.Kind.ROW
                        ? Value.of(negated)
                        : Value.condition(Value.worst(left, right), null, null);
            }
            default -> {
                // SQLite: a IS b compares. IS JSON, IS OF and the like: a test of the left side.
                if (dialect == Dialect.SQLITE) {
                    Value right = parse(6);
                    if (left.isConstant() && right.isConstant()) {
                        Value same = Constants.compare(dialect, left, "=", right);
                        return negated ? negate(same) : same;
                    }
                    boolean same = left.text() != null && left.text().equals(right.text());
                    return same && left.kind() == Value.Kind.ROW
                            ? Value.of(!negated)
                            : Value.condition(Value.worst(left, right), null, null);
                }
                while (i < to && t.is(i, TokenType.WORD) && !t.isAny(i, "AND", "OR")) {
                    i++;
                }
                return Value.condition(left.kind(), null, null);
            }
        }
    }

    private Value in(Value left) {
        i++;
        if (!t.is(i, TokenType.LEFT_PAREN)) {
            Value right = parse(6);
            return Value.condition(Value.worst(left, right), null, null);
        }
        Span list = Clauses.inside(t, i, to);
        int after = t.skip(i, to);
        if (Clauses.startsQuery(t, list.from(), list.to())) {
            if (left.kind() == Value.Kind.ROW && rows.holdsAll(list, left.text())) {
                i = after;
                return Value.TRUE;
            }
            Value right = rows.depend(list) ? Value.ROW : Value.OTHER;
            i = after;
            return Value.condition(Value.worst(left, right), null, null);
        }
        if (list.isEmpty()) {
            // SQLite: nothing is in it.
            i = after;
            return Value.FALSE;
        }
        boolean matched = false;
        boolean unknown = t.folded();
        boolean sawNull = false;
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
        if (kind == null) {
            return unknown ? Value.OTHER : sawNull ? Value.NULL : Value.FALSE;
        }
        return Value.condition(kind, null, null);
    }

    private Value between(Value left) {
        i++;
        boolean symmetric = t.is(i, "SYMMETRIC");
        if (t.isAny(i, "SYMMETRIC", "ASYMMETRIC")) {
            i++;
        }
        Value low = parse(6);
        if (!t.is(i, "AND")) {
            return Value.condition(Value.worst(left, low), null, null);
        }
        i++;
        Value high = parse(6);
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
        if (above == Value.TRUE && below == Value.TRUE) {
            return Value.TRUE;
        }
        return above.isConstant() && below.isConstant() ? Value.NULL : Value.OTHER;
    }

    private Value like(Value left) {
        String op = t.word(i);
        i++;
        if (op.equals("SIMILAR") && t.is(i, "TO")) {
            i++;
        }
        return matches(left, op.equals("LIKE") || op.equals("ILIKE"));
    }

    /** The pattern behind LIKE, or behind an operator for regular expressions. */
    private Value matches(Value left, boolean wildcards) {
        Value right = parse(6);
        boolean escape = t.is(i, "ESCAPE");
        if (escape) {
            i++;
            parse(6);
        }
        if (right.data() instanceof String pattern) {
            if (isAll(pattern, wildcards)) {
                return left.isNull() ? Value.NULL : Value.TRUE;
            }
            // What a column holds in one case tells nothing of others that the pattern takes.
            if (wildcards && !escape && left.data() != null && !rows.isCase()) {
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

    private static boolean isAll(String pattern, boolean wildcards) {
        return wildcards
                ? !pattern.isEmpty() && pattern.chars().allMatch(c -> c == '%')
                : switch (pattern) {
                    case "", ".*", "^", "$", "%", "*", "^.*", "^.*$", ".*$" -> true;
                    default -> false;
                };
    }
}
