package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions of constants, as far as the servers agree on them. */
final class Functions {

    /** What {@link #of} may be asked to calculate outside a case. */
    static final Set<String> NAMES = Set.of(
            "CAST",
            "TRY_CAST",
            "COALESCE",
            "IFNULL",
            "NVL",
            "NVL2",
            "ISNULL",
            "IF",
            "IIF",
            "CASEWHEN",
            "NULLIF",
            "DECODE",
            "LNNVL",
            "GREATEST",
            "LEAST",
            "ABS",
            "SIGN",
            "FLOOR",
            "CEIL",
            "CEILING",
            "ROUND",
            "TRUNC",
            "MOD",
            "LENGTH",
            "LEN",
            "CHAR_LENGTH",
            "CHARACTER_LENGTH",
            "OCTET_LENGTH",
            "UPPER",
            "LOWER",
            "UCASE",
            "LCASE",
            "CONCAT",
            "TRIM",
            "LTRIM",
            "RTRIM",
            "BTRIM",
            "REVERSE",
            "REPLACE",
            "SUBSTRING",
            "SUBSTR",
            "MID",
            "STRCMP",
            "STARTS_WITH",
            "REGEXP_LIKE",
            "STRPOS",
            "INSTR",
            "LOCATE",
            "CHARINDEX",
            "POSITION",
            "ELT",
            "FIELD",
            "FIND_IN_SET",
            "INTERVAL",
            "SLEEP",
            "ASCII");

    private static final int LONGEST = 2_048;

    private Functions() {}

    /** The value of {@code name} (in upper case); {@code null} when it cannot be told. */
    static @Nullable Value of(Dialect dialect, String name, Value[] args, int count) {
        if (count == 0) {
            return null;
        }
        Value first = args[0];
        switch (name) {
            case "CAST", "TRY_CAST" -> {
                return first;
            }
            case "ISNULL" -> {
                // MySQL: a test.
                return count > 1 ? firstThatIs(args, count) : first.isConstant() ? Value.of(first.isNull()) : null;
            }
            case "COALESCE", "IFNULL", "NVL" -> {
                return firstThatIs(args, count);
            }
            case "NVL2" -> {
                return count == 3 && first.isConstant() ? args[first.isNull() ? 2 : 1] : null;
            }
            case "IF", "IIF", "CASEWHEN" -> {
                return count == 3 && first.isConstant() ? args[Boolean.TRUE.equals(first.truth()) ? 1 : 2] : null;
            }
            case "LNNVL" -> {
                return first.isConstant() ? Value.of(!Boolean.TRUE.equals(first.truth())) : null;
            }
            case "DECODE" -> {
                return decode(dialect, args, count);
            }
            case "NULLIF" -> {
                return nullIf(dialect, args, count);
            }
            case "REGEXP_LIKE" -> {
                boolean all = count > 1 && args[1].data() instanceof String s && RegularExpressions.findInAll(s);
                return !all ? null : first.isNull() ? Value.NULL : Value.TRUE;
            }
            case "SLEEP" -> {
                return dialect == Dialect.MYSQL ? Value.constant(0d) : null;
            }
            default -> {}
        }
        boolean sawNull = false;
        for (int i = 0; i < count; i++) {
            if (!args[i].isConstant()) {
                return null;
            }
            if (args[i].data() instanceof String s && s.length() > LONGEST) {
                return null;
            }
            sawNull |= args[i].isNull();
        }
        if (sawNull) {
            return name.equals("CONCAT") && dialect != Dialect.MYSQL || name.equals("FIELD") || !NAMES.contains(name)
                    ? null
                    : Value.NULL;
        }
        Value number = first.data() instanceof Double x ? ofNumber(dialect, name, x, args, count) : null;
        return number != null ? number : ofText(dialect, name, args, count);
    }

    private static @Nullable Value firstThatIs(Value[] args, int count) {
        for (int i = 0; i < count; i++) {
            if (!args[i].isConstant()) {
                return null;
            }
            if (!args[i].isNull()) {
                return args[i];
            }
        }
        return Value.NULL;
    }

    /** Oracle: NULL equals NULL here. */
    private static @Nullable Value decode(Dialect dialect, Value[] args, int count) {
        for (int i = 1; i + 1 < count; i += 2) {
            if (!args[0].isConstant() || !args[i].isConstant()) {
                return null;
            }
            boolean same = args[0].isNull() || args[i].isNull()
                    ? args[0].isNull() && args[i].isNull()
                    : Constants.compare(dialect, args[0], "=", args[i]) == Value.TRUE;
            if (same) {
                return args[i + 1];
            }
        }
        return count % 2 == 0 ? args[count - 1] : Value.NULL;
    }

    private static @Nullable Value nullIf(Dialect dialect, Value[] args, int count) {
        if (count != 2 || !args[0].isConstant() || !args[1].isConstant()) {
            return null;
        }
        Value same = Constants.compare(dialect, args[0], "=", args[1]);
        return same == Value.TRUE ? Value.NULL : same.isConstant() ? args[0] : null;
    }

    private static @Nullable Value ofNumber(Dialect dialect, String name, double x, Value[] args, int count) {
        return switch (name) {
            case "ABS" -> Value.constant(Math.abs(x));
            case "SIGN" -> Value.constant(Math.signum(x));
            case "FLOOR" -> Value.constant(Math.floor(x));
            case "CEIL", "CEILING" -> Value.constant(Math.ceil(x));
            case "ROUND" -> count == 1 ? Value.constant((double) Math.round(x)) : null;
            case "TRUNC" -> count == 1 ? Value.constant(x < 0 ? Math.ceil(x) : Math.floor(x)) : null;
            case "MOD" -> count == 2 ? Constants.calculate(dialect, args[0], "%", args[1]) : null;
            case "ELT" -> x >= 1 && x < count ? args[(int) x] : Value.NULL;
            case "INTERVAL" -> {
                int below = 0;
                for (int i = 1; i < count; i++) {
                    below += args[i].data() instanceof Double n && n <= x ? 1 : 0;
                }
                yield Value.constant((double) below);
            }
            default -> null;
        };
    }

    private static @Nullable Value ofText(Dialect dialect, String name, Value[] args, int count) {
        String text = Constants.text(args[0]);
        String second = count > 1 ? Constants.text(args[1]) : "";
        return switch (name) {
            case "GREATEST", "LEAST" -> extreme(dialect, name.equals("GREATEST") ? ">" : "<", args, count);
            case "LENGTH", "LEN", "CHAR_LENGTH", "CHARACTER_LENGTH", "OCTET_LENGTH" ->
                Value.constant((double) text.length());
            case "UPPER", "UCASE" -> Value.constant(text.toUpperCase(Locale.ROOT));
            case "LOWER", "LCASE" -> Value.constant(text.toLowerCase(Locale.ROOT));
            case "TRIM" -> count == 1 ? Value.constant(text.strip()) : null;
            case "LTRIM" -> count == 1 ? Value.constant(text.stripLeading()) : null;
            case "RTRIM" -> count == 1 ? Value.constant(text.stripTrailing()) : null;
            case "REVERSE" -> Value.constant(new StringBuilder(text).reverse().toString());
            case "CONCAT" -> concat(args, count);
            case "REPLACE" ->
                count == 3 && !second.isEmpty() && text.length() < LONGEST
                        ? Value.constant(text.replace(second, Constants.text(args[2])))
                        : null;
            case "SUBSTRING", "SUBSTR", "MID" -> substring(text, args, count);
            case "STRCMP" -> order(dialect, args);
            case "STARTS_WITH" -> Value.of(text.startsWith(second));
            case "STRPOS", "INSTR" -> count == 2 ? Value.constant(text.indexOf(second) + 1d) : null;
            case "LOCATE", "CHARINDEX", "POSITION" -> count == 2 ? Value.constant(second.indexOf(text) + 1d) : null;
            case "FIELD" -> field(dialect, args, count);
            case "FIND_IN_SET" -> findInSet(text, second);
            case "ASCII" -> text.isEmpty() ? null : Value.constant((double) text.charAt(0));
            default -> null;
        };
    }

    private static Value extreme(Dialect dialect, String op, Value[] args, int count) {
        Value best = args[0];
        for (int i = 1; i < count; i++) {
            Value beyond = Constants.compare(dialect, args[i], op, best);
            if (!beyond.isConstant()) {
                return Value.OTHER;
            }
            best = beyond == Value.TRUE ? args[i] : best;
        }
        return best;
    }

    private static @Nullable Value concat(Value[] args, int count) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count && all.length() < LONGEST; i++) {
            all.append(Constants.text(args[i]));
        }
        return all.length() < LONGEST ? Value.constant(all.toString()) : null;
    }

    private static @Nullable Value substring(String text, Value[] args, int count) {
        if (count < 2 || !(args[1].data() instanceof Double from) || from < 1) {
            return null;
        }
        int start = (int) Math.min(from - 1, text.length());
        if (count == 2) {
            return Value.constant(text.substring(start));
        }
        return args[2].data() instanceof Double length && length >= 0
                ? Value.constant(text.substring(start, (int) Math.min(start + length, text.length())))
                : null;
    }

    private static Value order(Dialect dialect, Value[] args) {
        Value less = Constants.compare(dialect, args[0], "<", args[1]);
        Value more = Constants.compare(dialect, args[0], ">", args[1]);
        return less.isConstant() && more.isConstant()
                ? Value.constant(less == Value.TRUE ? -1d : more == Value.TRUE ? 1d : 0d)
                : Value.OTHER;
    }

    private static Value field(Dialect dialect, Value[] args, int count) {
        for (int i = 1; i < count; i++) {
            if (Constants.compare(dialect, args[0], "=", args[i]) == Value.TRUE) {
                return Value.constant((double) i);
            }
        }
        return Value.constant(0d);
    }

    private static Value findInSet(String text, String set) {
        int at = 1;
        for (String item : set.split(",", -1)) {
            if (item.equalsIgnoreCase(text)) {
                return Value.constant((double) at);
            }
            at++;
        }
        return Value.constant(0d);
    }
}
