package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Calculates with constants. What a server's rules leave in doubt comes back as {@link Value#OTHER}. */
final class Constants {

    private static final int MAX_LIKE = 256;
    /** Of what is put together. */
    private static final int LONGEST = 4_096;

    private Constants() {}

    static Value number(String text) {
        try {
            String plain = text.replace("_", "");
            int base = plain.length() < 3 || plain.charAt(0) != '0'
                    ? 10
                    : switch (plain.charAt(1) | 32) {
                        case 'x' -> 16;
                        case 'o' -> 8;
                        case 'b' -> 2;
                        default -> 10;
                    };
            if (base != 10) {
                return Value.constant((double) Long.parseLong(plain.substring(2), base));
            }
            int last = plain.isEmpty() ? 0 : plain.charAt(plain.length() - 1) | 32;
            // 1e of SQL Server, 1L of H2.
            String digits = last == 'e' ? plain + "0" : last == 'l' ? plain.substring(0, plain.length() - 1) : plain;
            return Value.constant(Double.parseDouble(digits));
        } catch (NumberFormatException e) {
            return Value.OTHER;
        }
    }

    static String text(Value v) {
        Object data = v.data();
        if (data instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15) {
            return Long.toString(d.longValue());
        }
        return data == null ? "" : data.toString();
    }

    static Value compare(Dialect dialect, Value left, String op, Value right) {
        Object a = left.data();
        Object b = right.data();
        if (a == null || b == null) {
            return op.equals("<=>") ? Value.of(a == b) : Value.NULL;
        }
        if (left.isUncalculated() || right.isUncalculated()) {
            return Value.uncalculated(OperatorFolder.joined(left, op, right));
        }
        int order;
        if (a instanceof String s && b instanceof String r) {
            boolean ignoreCase = dialect == Dialect.MYSQL || dialect == Dialect.TSQL || dialect == Dialect.GENERIC;
            order = ignoreCase ? s.stripTrailing().compareToIgnoreCase(r.stripTrailing()) : s.compareTo(r);
        } else {
            Double x = asNumber(dialect, a);
            Double y = asNumber(dialect, b);
            if (x == null || y == null) {
                return Value.OTHER;
            }
            order = Double.compare(x, y);
        }
        return Value.of(
                switch (op) {
                    case "=", "==", "<=>" -> order == 0;
                    case "<" -> order < 0;
                    case ">" -> order > 0;
                    case "<=", "!>" -> order <= 0;
                    case ">=", "!<" -> order >= 0;
                    default -> order != 0;
                });
    }

    private static @Nullable Double asNumber(Dialect dialect, Object data) {
        if (data instanceof Double d) {
            return d;
        }
        if (data instanceof Boolean b) {
            return b ? 1d : 0d;
        }
        String s = data.toString().trim();
        try {
            return Double.valueOf(s);
        } catch (NumberFormatException e) {
            return switch (s.toLowerCase(Locale.ROOT)) {
                case "t", "true", "yes", "on" -> 1d;
                case "f", "false", "no", "off" -> 0d;
                default -> dialect == Dialect.MYSQL ? Value.leadingNumber(s) : null;
            };
        }
    }

    static Value calculate(Dialect dialect, Value left, String op, Value right) {
        if (left.isNull() || right.isNull()) {
            // Oracle: NULL is the empty string here.
            Value other = left.isNull() ? right : left;
            return op.equals("||") && dialect == Dialect.ORACLE ? other : Value.NULL;
        }
        if (left.isUncalculated() || right.isUncalculated()) {
            return Value.uncalculated(OperatorFolder.joined(left, op, right));
        }
        boolean texts = left.data() instanceof String && right.data() instanceof String;
        if (op.equals("||") || op.equals("+") && texts && dialect == Dialect.TSQL) {
            String a = text(left);
            String b = text(right);
            return a.length() + b.length() > LONGEST ? Value.uncalculated(null) : Value.constant(a + b);
        }
        if (op.equals("&&") && texts) {
            // PostgreSQL: arrays that have an element in common.
            return text(left).equals(text(right)) ? Value.TRUE : Value.OTHER;
        }
        Double a = asNumber(Dialect.MYSQL, left.data() == null ? "" : left.data());
        Double b = asNumber(Dialect.MYSQL, right.data() == null ? "" : right.data());
        if (a == null || b == null) {
            return Value.OTHER;
        }
        return switch (op) {
            case "+" -> Value.constant(a + b);
            case "-" -> Value.constant(a - b);
            case "*" -> Value.constant(a * b);
            case "/" -> b == 0 ? Value.NULL : Value.constant(a / b);
            case "DIV" -> b == 0 ? Value.NULL : Value.constant(Math.floor(a / b));
            case "%", "MOD" -> b == 0 ? Value.NULL : Value.constant(a % b);
            case "|" -> Value.constant((double) (a.longValue() | b.longValue()));
            case "&" -> Value.constant((double) (a.longValue() & b.longValue()));
            case "#" -> Value.constant((double) (a.longValue() ^ b.longValue()));
            case "^" ->
                dialect == Dialect.POSTGRESQL
                        ? Value.constant(Math.pow(a, b))
                        : Value.constant((double) (a.longValue() ^ b.longValue()));
            case "<<" -> shifted(a, b);
            case ">>" -> shifted(a, -b);
            default -> Value.OTHER;
        };
    }

    private static Value shifted(double number, double left) {
        if (left != Math.rint(left) || Math.abs(left) > 62) {
            return Value.OTHER;
        }
        return Value.constant(number == Math.rint(number) ? number * Math.pow(2, left) : number);
    }

    /** {@code LIKE} over literals, without an escape character. */
    static Value like(String text, String pattern) {
        if (text.length() > MAX_LIKE || pattern.length() > MAX_LIKE || pattern.indexOf('\\') >= 0) {
            return Value.OTHER;
        }
        int ti = 0;
        int pi = 0;
        int star = -1;
        int mark = 0;
        while (ti < text.length()) {
            if (pi < pattern.length()
                    && (pattern.charAt(pi) == '_' || same(pattern.charAt(pi), text.charAt(ti)))
                    && pattern.charAt(pi) != '%') {
                ti++;
                pi++;
            } else if (pi < pattern.length() && pattern.charAt(pi) == '%') {
                star = pi++;
                mark = ti;
            } else if (star >= 0) {
                pi = star + 1;
                ti = ++mark;
            } else {
                return Value.FALSE;
            }
        }
        while (pi < pattern.length() && pattern.charAt(pi) == '%') {
            pi++;
        }
        return Value.of(pi == pattern.length());
    }

    private static boolean same(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
