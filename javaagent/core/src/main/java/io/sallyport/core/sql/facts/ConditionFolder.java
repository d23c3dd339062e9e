package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.Words;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Folds the condition of a write. One pass; chains of AND and OR are loops, only brackets recurse (at most {@link #MAX_DEPTH}).
 *
 * <p>Binding strengths: OR 1, XOR 2, AND 3, NOT 4, comparison 5, other operators 6, sums 7, products 8.
 */
final class ConditionFolder {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 48;
    private static final int MAX_JOINED = 400;

    private final Dialect dialect;
    private final Tokens t;
    private final int to;
    private final Predicate<Span> dependsOnTarget;
    private int i;
    private int depth;

    private ConditionFolder(Dialect dialect, Tokens t, Span span, Predicate<Span> dependsOnTarget) {
        this.dialect = dialect;
        this.t = t;
        this.i = span.from();
        this.to = span.to();
        this.dependsOnTarget = dependsOnTarget;
    }

    /**
     * What {@code span} is as a condition.
     *
     * @param dependsOnTarget whether a name chain or sub-query may depend on the row that is written
     */
    static Value fold(Dialect dialect, Tokens t, Span span, Predicate<Span> dependsOnTarget) {
        ConditionFolder folder = new ConditionFolder(dialect, t, span, dependsOnTarget);
        Value value = folder.parse(1);
        if (folder.i < folder.to) {
            Value rest = folder.depth > MAX_DEPTH ? Value.OTHER : folder.anything(folder.i, folder.to);
            return Value.worst(value, rest) == Value.Kind.ROW ? Value.ROW : Value.OTHER;
        }
        return value;
    }

    private Value parse(int strength) {
        if (++depth > MAX_DEPTH) {
            // Too deep to tell: not taken for a filter.
            i = to;
            return Value.OTHER;
        }
        Value left = t.is(i, "NOT") && i < to ? not() : t.isOp(i, "!") && i < to ? bang() : operand();
        boolean more = true;
        while (more && i < to) {
            Value next = infix(left, strength);
            more = next != null;
            left = next == null ? left : next;
        }
        depth--;
        return left;
    }

    private Value not() {
        i++;
        return negate(parse(4));
    }

    private Value bang() {
        i++;
        return negate(parse(9));
    }

    private static Value negate(Value v) {
        if (v.isConstant()) {
            Boolean truth = v.truth();
            return truth == null ? Value.NULL : Value.of(!truth);
        }
        return Value.condition(v.kind(), v.negated(), v.atom());
    }

    /** The value of {@code left} and the operator that follows; {@code null} when none of at least {@code strength} does. */
    private @Nullable Value infix(Value left, int strength) {
        if (isOr()) {
            return strength > 1 ? null : orChain(left);
        }
        if (t.is(i, "XOR")) {
            return strength > 2 ? null : xor(left);
        }
        if (isAnd()) {
            return strength > 3 ? null : andChain(left);
        }
        if (strength <= 5) {
            Value compared = predicate(left);
            if (compared != null) {
                return compared;
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

    private Value orChain(Value first) {
        Set<String> atoms = new HashSet<>();
        Value.Kind kind = null;
        boolean sawNull = false;
        boolean always = false;
        Value v = first;
        Value only = null;
        while (true) {
            if (v.isConstant()) {
                Boolean truth = v.truth();
                always |= truth != null && truth;
                sawNull |= truth == null;
            } else {
                kind = kind == Value.Kind.ROW || v.kind() == Value.Kind.ROW ? Value.Kind.ROW : Value.Kind.OTHER;
                only = only == null ? v : Value.ROW;
                if (v.atom() != null) {
                    always |= v.negated() != null && atoms.contains(v.negated());
                    atoms.add(v.atom());
                }
            }
            if (!isOr() || i >= to) {
                break;
            }
            i++;
            v = parse(2);
        }
        if (always) {
            return Value.TRUE;
        }
        if (kind == null) {
            return sawNull ? Value.NULL : Value.FALSE;
        }
        return only != null && only != Value.ROW ? only : kind == Value.Kind.ROW ? Value.ROW : Value.OTHER;
    }

    private Value andChain(Value first) {
        Set<String> atoms = new HashSet<>();
        Value.Kind kind = null;
        boolean never = false;
        boolean sawNull = false;
        Value only = null;
        Value v = first;
        while (true) {
            if (v.isConstant()) {
                Boolean truth = v.truth();
                never |= truth != null && !truth;
                sawNull |= truth == null;
            } else {
                kind = kind == Value.Kind.ROW || v.kind() == Value.Kind.ROW ? Value.Kind.ROW : Value.Kind.OTHER;
                only = only == null ? v : Value.ROW;
                if (v.atom() != null) {
                    never |= v.negated() != null && atoms.contains(v.negated());
                    atoms.add(v.atom());
                }
            }
            if (!isAnd() || i >= to) {
                break;
            }
            i++;
            v = parse(4);
        }
        if (never) {
            return Value.FALSE;
        }
        if (kind == null) {
            return sawNull ? Value.NULL : Value.TRUE;
        }
        if (sawNull) {
            return Value.FALSE;
        }
        return only != null && only != Value.ROW ? only : kind == Value.Kind.ROW ? Value.ROW : Value.OTHER;
    }

    private Value xor(Value left) {
        i++;
        Value right = parse(3);
        if (left.isConstant() && right.isConstant()) {
            Boolean a = left.truth();
            Boolean b = right.truth();
            return a == null || b == null ? Value.NULL : Value.of(!a.equals(b));
        }
        return Value.condition(Value.worst(left, right), null, null);
    }

    private @Nullable Value predicate(Value left) {
        String op = t.is(i, TokenType.OPERATOR) ? t.text(i) : "";
        switch (op) {
            case "=", "==", "<", ">", "<=", ">=", "<>", "!=", "^=", "<=>", "!<", "!>" -> {
                i++;
                return comparison(left, op);
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
            i = t.skip(i + 1, to);
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
        return Value.condition(Value.worst(left, right), atom(left, canonical, right), atom(left, opposite, right));
    }

    private static @Nullable String atom(Value left, String op, Value right) {
        return joined(left, op, right);
    }

    /** Text of a binary expression; long ones have none, so that chains of operators stay linear. */
    private static @Nullable String joined(Value left, String op, Value right) {
        String a = left.text();
        String b = right.text();
        return a == null || b == null || a.length() + b.length() > MAX_JOINED ? null : a + op + b;
    }

    private Value isNull(Value left, boolean negated) {
        i++;
        if (left.isConstant()) {
            return Value.of(left.isNull() != negated);
        }
        String text = left.text();
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
                return Value.condition(left.kind(), null, null);
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
                    return Value.condition(Value.worst(left, right), null, null);
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
            Value right = dependsOnTarget.test(list) ? Value.ROW : Value.OTHER;
            i = after;
            return Value.condition(Value.worst(left, right), null, null);
        }
        boolean matched = false;
        boolean unknown = t.folded();
        Value.Kind kind = left.isConstant() ? null : left.kind();
        i = list.from();
        while (i < list.to()) {
            Value item = new ConditionFolder(dialect, t, nextItem(list.to()), dependsOnTarget).nested(depth);
            i = nextItem(list.to()).to() + 1;
            if (left.isConstant() && item.isConstant()) {
                Value same = Constants.compare(dialect, left, "=", item);
                matched |= same == Value.TRUE;
                unknown |= !same.isConstant();
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
            return unknown ? Value.OTHER : Value.FALSE;
        }
        return Value.condition(kind, null, null);
    }

    private Span nextItem(int end) {
        int j = i;
        while (j < end && !t.is(j, TokenType.COMMA)) {
            j = t.skip(j, end);
        }
        return new Span(i, j);
    }

    private Value nested(int outerDepth) {
        depth = outerDepth;
        return parse(1);
    }

    private Value between(Value left) {
        i++;
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
            Value above = Constants.compare(dialect, left, ">=", low);
            Value below = Constants.compare(dialect, left, "<=", high);
            if (above == Value.FALSE || below == Value.FALSE) {
                return Value.FALSE;
            }
            return above == Value.TRUE && below == Value.TRUE ? Value.TRUE : Value.OTHER;
        }
        String text = left.text();
        if (text != null && text.equals(low.text()) && text.equals(high.text()) && left.kind() == Value.Kind.ROW) {
            return Value.TRUE;
        }
        boolean row = left.kind() == Value.Kind.ROW || Value.worst(low, high) == Value.Kind.ROW;
        return row ? Value.ROW : Value.OTHER;
    }

    private Value like(Value left) {
        String op = t.word(i);
        i++;
        if (op.equals("SIMILAR") && t.is(i, "TO")) {
            i++;
        }
        Value right = parse(6);
        if (t.is(i, "ESCAPE")) {
            i++;
            parse(6);
            return Value.condition(Value.worst(left, right), null, null);
        }
        boolean wildcards = op.equals("LIKE") || op.equals("ILIKE");
        if (right.data() instanceof String pattern) {
            boolean all = wildcards
                    ? !pattern.isEmpty() && pattern.chars().allMatch(c -> c == '%')
                    : pattern.equals(".*")
                            || pattern.isEmpty()
                            || pattern.equals("^")
                            || pattern.equals("%")
                            || pattern.equals("*");
            if (all) {
                return left.isNull() ? Value.NULL : Value.TRUE;
            }
            if (wildcards && left.data() != null) {
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
                        Value.worst(left, right), atom(left, " LIKE ", right), atom(left, " NOT LIKE ", right));
    }

    private @Nullable Value operator(Value left, int strength) {
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
            Value joined = Value.constant(Constants.text(left) + t.content(i));
            i++;
            return joined;
        }
        if (t.is(i, "OVER") || t.is(i, "FILTER") || t.is(i, "WITHIN")) {
            i = t.skip(t.is(i, "WITHIN") ? i + 2 : i + 1, to);
            return left.withText(null);
        }
        boolean word = t.isAny(i, "DIV", "MOD", "OVERLAPS", "MEMBER", "SOUNDS", "MATCH", "OPERATOR");
        if (!t.is(i, TokenType.OPERATOR) && !word) {
            return null;
        }
        String op = word ? t.word(i) : t.text(i);
        int own = switch (op) {
            case "+", "-" -> 7;
            case "*", "/", "%", "DIV", "MOD" -> 8;
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
            return Constants.calculate(left, op, right);
        }
        String text = joined(left, op, right);
        return new Value(Value.worst(left, right), null, text, null, null);
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

    private Value operand() {
        if (i >= to) {
            return Value.OTHER;
        }
        int start = i;
        TokenType type = t.type(i);
        if (type == null) {
            return Value.OTHER;
        }
        switch (type) {
            case NUMBER -> {
                return Constants.number(t.text(i++));
            }
            case STRING -> {
                return Value.constant(t.content(i++));
            }
            case PARAM -> {
                return parameter();
            }
            case LEFT_PAREN -> {
                return group();
            }
            case OPERATOR -> {
                return unary();
            }
            case WORD -> {
                Value special = special();
                if (special != null) {
                    return special;
                }
            }
            default -> {}
        }
        if (t.isName(i)) {
            return chain(start);
        }
        i++;
        return Value.OTHER;
    }

    private Value parameter() {
        String text = t.text(i);
        i++;
        return text.equals("?") ? Value.OTHER : Value.OTHER.withText(text);
    }

    private Value unary() {
        String op = t.text(i);
        i++;
        Value v = parse(9);
        if (v.isConstant() && op.equals("-")) {
            return Constants.calculate(Value.constant(0d), "-", v);
        }
        if (v.isConstant() && op.equals("+")) {
            return v;
        }
        return new Value(
                v.isConstant() ? Value.Kind.OTHER : v.kind(),
                null,
                v.text() == null ? null : op + v.text(),
                null,
                null);
    }

    private Value group() {
        Span inside = Clauses.inside(t, i, to);
        int start = i;
        int after = t.skip(i, to);
        if (Clauses.startsQuery(t, inside.from(), inside.to())) {
            i = after;
            return query(inside);
        }
        if (inside.isEmpty()) {
            i = after;
            return Value.OTHER;
        }
        // ((((…)))) counts as one level.
        ConditionFolder inner = new ConditionFolder(dialect, t, inside, dependsOnTarget);
        Value v = inner.nested(depth);
        i = after;
        if (inner.i < inside.to()) {
            Value all = anything(inside.from(), inside.to());
            return all.withText(text(start, after));
        }
        return v;
    }

    private Value query(Span span) {
        int first = Clauses.firstInside(t, span.from(), span.to());
        if (t.is(first, "SELECT") && first == span.from()) {
            int from = Clauses.find(t, first, span.to(), "FROM");
            boolean dual = t.is(from + 1, "DUAL") && from + 2 == span.to();
            boolean bare = from == span.to() && Clauses.find(t, first, span.to(), "WHERE") == span.to();
            if ((bare || dual) && depth < MAX_DEPTH) {
                ConditionFolder inner = new ConditionFolder(dialect, t, new Span(first + 1, from), dependsOnTarget);
                Value v = inner.nested(depth);
                if (inner.i >= from) {
                    return v;
                }
            }
        }
        return dependsOnTarget.test(span) ? Value.ROW : Value.OTHER;
    }

    private @Nullable Value special() {
        boolean call = t.is(i + 1, TokenType.LEFT_PAREN);
        switch (t.word(i)) {
            case "TRUE" -> {
                i++;
                return Value.TRUE;
            }
            case "FALSE" -> {
                i++;
                return Value.FALSE;
            }
            case "NULL", "UNKNOWN" -> {
                i++;
                return Value.NULL;
            }
            case "CASE" -> {
                return caseExpression();
            }
            case "EXISTS" -> {
                if (!call) {
                    return null;
                }
                Span inside = Clauses.inside(t, i + 1, to);
                i = t.skip(i + 1, to);
                Value v = query(inside);
                boolean bare = Clauses.find(t, inside.from(), inside.to(), "FROM") == inside.to();
                return bare && v.isConstant() ? Value.TRUE : v.kind() == Value.Kind.ROW ? Value.ROW : Value.OTHER;
            }
            case "DATE", "TIME", "TIMESTAMP", "BINARY", "INTERVAL" -> {
                if (t.is(i + 1, TokenType.STRING) || t.is(i, "INTERVAL")) {
                    int start = i;
                    i += 2;
                    while (t.isAny(i, "YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO", "WEEK") && i < to) {
                        i++;
                    }
                    return Value.OTHER.withText(text(start, i));
                }
                return null;
            }
            case "PRIOR", "CONNECT_BY_ROOT" -> {
                i++;
                return operand();
            }
            case "CAST",
                    "TRY_CAST",
                    "COALESCE",
                    "IFNULL",
                    "NVL",
                    "ISNULL",
                    "IF",
                    "IIF",
                    "NULLIF",
                    "ABS",
                    "LENGTH",
                    "LEN",
                    "CHAR_LENGTH",
                    "UPPER",
                    "LOWER",
                    "CONCAT",
                    "TRIM" -> {
                return call ? function(t.word(i)) : null;
            }
            default -> {
                return null;
            }
        }
    }

    private Value caseExpression() {
        int start = i;
        i++;
        Value subject = t.is(i, "WHEN") ? null : parse(1);
        Value result = null;
        Value.Kind unknown = null;
        while (t.is(i, "WHEN") && i < to) {
            i++;
            Value when = parse(1);
            if (!t.is(i, "THEN")) {
                return anything(start, to);
            }
            i++;
            Value then = parse(1);
            Value test = subject == null
                    ? when
                    : subject.isConstant() && when.isConstant() ? Constants.compare(dialect, subject, "=", when) : null;
            if (test == null || !test.isConstant()) {
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
            result = result == null ? otherwise : result;
        }
        if (t.is(i, "END")) {
            i++;
        }
        Value value = result == null ? Value.NULL : result;
        if (unknown == null) {
            return value;
        }
        boolean row = unknown == Value.Kind.ROW || value.kind() == Value.Kind.ROW;
        return (row ? Value.ROW : Value.OTHER).withText(text(start, i));
    }

    private Value function(String name) {
        int start = i;
        Span inside = Clauses.inside(t, i + 1, to);
        int after = t.skip(i + 1, to);
        Value[] args = new Value[4];
        int count = 0;
        i = inside.from();
        boolean clean = true;
        while (i < inside.to()) {
            Span item = nextItem(inside.to());
            int end = item.to();
            if (name.endsWith("CAST")) {
                item = new Span(item.from(), Clauses.find(t, item.from(), item.to(), "AS"));
            }
            ConditionFolder inner = new ConditionFolder(dialect, t, item, dependsOnTarget);
            Value v = inner.nested(depth);
            clean &= inner.i >= item.to() && count < args.length;
            if (count < args.length) {
                args[count++] = v;
            }
            i = end + 1;
        }
        i = after;
        Value all = anything(inside.from(), inside.to()).withText(text(start, after));
        if (!clean || count == 0) {
            return all;
        }
        Value folded = Constants.function(name, args, count);
        return folded == null ? all : folded;
    }

    private Value chain(int start) {
        i++;
        while (t.is(i, TokenType.DOT) && t.isName(i + 1)) {
            i += 2;
        }
        if (t.is(i, TokenType.LEFT_PAREN) && i < to) {
            Span inside = Clauses.inside(t, i, to);
            i = t.skip(i, to);
            boolean outerJoin = t.isOp(inside.from(), "+") && inside.to() == inside.from() + 1;
            if (outerJoin) {
                return dependsOnTarget.test(new Span(start, inside.from() - 1)) ? Value.ROW : Value.OTHER;
            }
            return anything(inside.from(), inside.to()).withText(text(start, i));
        }
        Span name = new Span(start, Math.min(i, to));
        i = name.to();
        if (t.is(start, TokenType.WORD) && i == start + 1 && Words.NEVER_COLUMN.contains(t.word(start))) {
            return Value.OTHER.withText(t.word(start));
        }
        return (dependsOnTarget.test(name) ? Value.ROW : Value.OTHER).withText(text(start, i));
    }

    /** Whether anything in the tokens may depend on the target. */
    private Value anything(int from, int end) {
        int j = from;
        while (j < end) {
            if (t.is(j, TokenType.LEFT_PAREN)) {
                Span inside = Clauses.inside(t, j, end);
                if (Clauses.startsQuery(t, inside.from(), inside.to())) {
                    if (dependsOnTarget.test(inside)) {
                        return Value.ROW;
                    }
                    j = t.skip(j, end);
                    continue;
                }
                j++;
            } else if (t.isName(j) && !(t.is(j, TokenType.WORD) && Words.NEVER_COLUMN.contains(t.word(j)))) {
                int start = j;
                j++;
                while (t.is(j, TokenType.DOT) && t.isName(j + 1)) {
                    j += 2;
                }
                if (!t.is(j, TokenType.LEFT_PAREN) && dependsOnTarget.test(new Span(start, j))) {
                    return Value.ROW;
                }
            } else {
                j++;
            }
        }
        return Value.OTHER;
    }

    private @Nullable String text(int from, int end) {
        if (end - from > MAX_TEXT) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int j = from; j < end; j++) {
            if (t.is(j, TokenType.PARAM) && t.text(j).equals("?")) {
                return null;
            }
            text.append(t.isName(j) ? t.name(j) : t.text(j).toLowerCase(Locale.ROOT))
                    .append(' ');
        }
        return text.toString();
    }
}
