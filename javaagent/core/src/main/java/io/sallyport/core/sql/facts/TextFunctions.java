package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions of constant texts, as far as the servers agree on them. */
final class TextFunctions {

    private TextFunctions() {}

    /** The value of {@code name} (in upper case); {@code null} when it cannot be told. No argument is NULL. */
    static @Nullable Value of(Dialect dialect, String name, Value[] args, int count) {
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
                count == 3 && !second.isEmpty() && text.length() < Functions.LONGEST
                        ? Value.constant(text.replace(second, Constants.text(args[2])))
                        : null;
            case "SUBSTRING", "SUBSTR", "MID" -> substring(text, args, count);
            case "LEFT", "RIGHT", "REPEAT", "LPAD", "RPAD" -> sized(name, text, args, count);
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
        for (int i = 0; i < count && all.length() < Functions.LONGEST; i++) {
            all.append(Constants.text(args[i]));
        }
        return all.length() < Functions.LONGEST ? Value.constant(all.toString()) : null;
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

    /** Texts that are told their length; what is more than a beginning or an end is as long as it may be. */
    private static @Nullable Value sized(String name, String text, Value[] args, int count) {
        if (count < 2 || !(args[1].data() instanceof Double size) || size > Functions.LONGEST || size < 0) {
            return null;
        }
        int length = (int) Math.min(size, text.length());
        return switch (name) {
            case "LEFT" -> Value.constant(text.substring(0, length));
            case "RIGHT" -> Value.constant(text.substring(text.length() - length));
            case "REPEAT" ->
                size * text.length() > Functions.LONGEST ? null : Value.constant(text.repeat(size.intValue()));
            default -> size <= text.length() ? Value.constant(text.substring(0, length)) : null;
        };
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
