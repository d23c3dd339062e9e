package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
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
            "ASCII",
            "LEFT",
            "RIGHT",
            "REPEAT",
            "LPAD",
            "RPAD",
            "POWER",
            "POW",
            "EXP",
            "SQRT",
            "BITAND",
            "LIKELY",
            "UNLIKELY",
            "LIKELIHOOD",
            "NUM_NULLS",
            "NUM_NONNULLS",
            "CHOOSE");

    static final int LONGEST = 2_048;

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
            case "LIKELY", "UNLIKELY", "LIKELIHOOD" -> {
                // SQLite: hints.
                return first;
            }
            case "NUM_NULLS", "NUM_NONNULLS" -> {
                return nulls(args, count, name.equals("NUM_NULLS"));
            }
            case "CHOOSE" -> {
                return !(first.data() instanceof Double n)
                        ? null
                        : n >= 1 && n < count ? args[n.intValue()] : Value.NULL;
            }
            case "DATEDIFF" -> {
                // Between a time and itself, whatever the unit.
                Value last = args[count - 1];
                boolean same = count > 1 && last.data() != null && last.data().equals(args[count - 2].data());
                return same ? Value.constant(0d) : last.isNull() ? Value.NULL : null;
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
        boolean ofSeveral = dialect == Dialect.SQLITE && count > 1;
        String plain = ofSeveral && name.equals("MAX") ? "GREATEST" : ofSeveral && name.equals("MIN") ? "LEAST" : name;
        Value number = first.data() instanceof Double x ? ofNumber(dialect, plain, x, args, count) : null;
        number = number == null ? ofArray(plain, args, count) : number;
        return number != null ? number : TextFunctions.of(dialect, plain, args, count);
    }

    private static @Nullable Value nulls(Value[] args, int count, boolean nulls) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (!args[i].isConstant()) {
                return null;
            }
            found += args[i].isNull() == nulls ? 1 : 0;
        }
        return Value.constant((double) found);
    }

    /** Of a constructed array, in the text that PostgreSQL makes of it. */
    private static @Nullable Value ofArray(String name, Value[] args, int count) {
        if (!(args[0].data() instanceof String text) || !text.startsWith("{") || !text.endsWith("}")) {
            return null;
        }
        String[] items = text.length() == 2
                ? new String[0]
                : text.substring(1, text.length() - 1).split(",", -1);
        return switch (name) {
            case "CARDINALITY", "ARRAY_LENGTH" -> Value.constant((double) items.length);
            case "ARRAY_POSITION" -> count > 1 ? position(items, Constants.text(args[1])) : null;
            case "ARRAY_CONTAINS" ->
                count > 1 ? Value.of(!position(items, Constants.text(args[1])).isNull()) : null;
            default -> null;
        };
    }

    private static Value position(String[] items, String item) {
        for (int i = 0; i < items.length; i++) {
            if (items[i].equals(item)) {
                return Value.constant(i + 1d);
            }
        }
        return Value.NULL;
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
            case "POWER", "POW" ->
                count == 2 && args[1].data() instanceof Double y && Double.isFinite(Math.pow(x, y))
                        ? Value.constant(Math.pow(x, y))
                        : null;
            case "EXP" -> Double.isFinite(Math.exp(x)) ? Value.constant(Math.exp(x)) : null;
            case "SQRT" -> x < 0 ? Value.NULL : Value.constant(Math.sqrt(x));
            case "BITAND" -> count == 2 ? Constants.calculate(dialect, args[0], "&", args[1]) : null;
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
}
