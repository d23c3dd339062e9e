package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operator behind a value: a comparison, IS, IN, BETWEEN, LIKE. */
abstract class PredicateFolder extends PatternFolder {

    /** Columns that a server fills itself: never null. */
    private static final Set<String> NEVER_NULL =
            Set.of("ctid ", "xmin ", "cmin ", "tableoid ", "rowid ", "_rowid_ ", "rownum ", "ora_rowscn ");

    private static final Set<String> COMPARISONS = Set.of("=", "<", ">", "<=", ">=", "<>", "!=");

    PredicateFolder(Dialect dialect, Tokens t, Span span, Rows rows) {
        super(dialect, t, span, rows);
    }

    static Value negate(Value v) {
        if (v.isUncalculated()) {
            return v;
        }
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
                return matches(left, op);
            }
            case "^@" -> {
                i++;
                return startsWith(left);
            }
            case "@>", "<@" -> {
                i++;
                return contains(left, op);
            }
            default -> {}
        }
        int start = i;
        if (t.is(i, "OPERATOR") && t.is(i + 1, TokenType.LEFT_PAREN)) {
            // PostgreSQL: OPERATOR(pg_catalog.=).
            int after = t.skip(i + 1, to);
            if (COMPARISONS.contains(t.text(after - 2))) {
                i = after;
                return comparison(left, t.text(after - 2));
            }
        }
        boolean negated = t.is(i, "NOT");
        if (negated) {
            i++;
        }
        Value result = switch (t.word(i)) {
            case "IS" -> negated ? null : is(left);
            case "ISNULL" -> isNull(left, false);
            case "NOTNULL" -> isNull(left, true);
            case "NULL" -> negated ? isNull(left, true) : null;
            case "IN" -> in(left);
            case "BETWEEN" -> between(left);
            case "LIKE", "ILIKE", "REGEXP", "RLIKE", "SIMILAR", "GLOB" -> like(left);
            default -> null;
        };
        if (result == null) {
            i = start;
            return null;
        }
        return negated && !t.is(start + 1, "NULL") ? negate(result) : result;
    }

    private boolean isNeverNull(String text) {
        return NEVER_NULL.contains(text)
                || text.endsWith(" IS NULL")
                || text.endsWith(" IS NOT NULL")
                || text.endsWith(" IS TRUE")
                || isCallOf(text, "pg_typeof")
                || isCallOf(text, "typeof")
                // Those of its arguments that are null it leaves out.
                || dialect == Dialect.POSTGRESQL && isCallOf(text, "concat");
    }

    private static boolean isCallOf(String text, String function) {
        return text.regionMatches(true, 0, function + " ( ", 0, function.length() + 3)
                && text.indexOf(')') == text.stripTrailing().length() - 1;
    }

    private Value isNull(Value left, boolean negated) {
        i++;
        return nullTest(left, negated);
    }

    private Value nullTest(Value left, boolean negated) {
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

    /** {@code a IS [NOT] DISTINCT FROM b}, of which one is true in any case. */
    private static Value distinct(Value left, Value right, boolean negated) {
        boolean told = left.text() != null && right.text() != null;
        String same = told ? left.text() + " IS SAME AS " + right.text() : null;
        String other = told ? left.text() + " IS NOT SAME AS " + right.text() : null;
        Value.Kind kind = Value.worst(left, right);
        return negated ? Value.condition(kind, same, other) : Value.condition(kind, other, same);
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
                if (left.isUncalculated()) {
                    return left;
                }
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
                if (right.isNull() && !left.isConstant()) {
                    return nullTest(left, !negated);
                }
                if (left.isUncalculated() || right.isUncalculated() && left.isConstant()) {
                    Value.Kind kind = Value.worst(left, right);
                    return right.isConstant()
                            ? Value.uncalculated(joined(left, " IS ", right))
                            : Value.condition(kind, null, null);
                }
                if (left.isConstant() && right.isConstant()) {
                    boolean same = left.isNull() || right.isNull()
                            ? left.isNull() && right.isNull()
                            : Constants.compare(dialect, left, "=", right) == Value.TRUE;
                    return Value.of(same == negated);
                }
                boolean same = left.text() != null && left.text().equals(right.text());
                return same && left.kind() == Value.Kind.ROW ? Value.of(negated) : distinct(left, right, negated);
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
}
