package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import org.jspecify.annotations.Nullable;

/** Operands that start with a keyword: constants, CASE, EXISTS, functions that can be calculated. */
abstract class CallFolder extends OperandFolder {

    private static final int MAX_ARGUMENTS = 4;

    CallFolder(Dialect dialect, Tokens t, Span span, Rows rows) {
        super(dialect, t, span, rows);
    }

    @Override
    final @Nullable Value special() {
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

    private Value function(String name) {
        int start = i;
        Span inside = Clauses.inside(t, i + 1, to);
        int after = t.skip(i + 1, to);
        Value[] args = new Value[MAX_ARGUMENTS];
        int count = 0;
        i = inside.from();
        boolean clean = true;
        while (i < inside.to()) {
            Span item = nextItem(inside.to());
            int end = item.to();
            if (name.endsWith("CAST")) {
                item = new Span(item.from(), Clauses.find(t, item.from(), item.to(), "AS"));
            }
            OperandFolder inner = part(item);
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
}
