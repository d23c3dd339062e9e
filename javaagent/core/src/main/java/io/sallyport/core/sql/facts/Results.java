package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What functions of unknown arguments can give: numbers within bounds, texts of one length, names out of a few; NULL last, where NULL gives it.
 */
final class Results {
    private static final double ANY = 1e18;

    /** Least and greatest, both whole numbers. */
    private static final Map<String, double[]> RANGES = Map.ofEntries(
            from("COUNT", 0, ANY),
            from("COUNT_BIG", 0, ANY),
            from("ROW_NUMBER", 1, ANY),
            from("PG_COLUMN_SIZE", 1, 1e9),
            from("VSIZE", 1, 1e9),
            from("YEAR", 1, 9999),
            from("ISOYEAR", 1, 9999),
            from("MONTH", 1, 12),
            from("DAY", 1, 31),
            from("DAYOFMONTH", 1, 31),
            from("DAYOFWEEK", 1, 7),
            from("ISODOW", 1, 7),
            from("DOW", 0, 6),
            from("WEEKDAY", 0, 6),
            from("DAYOFYEAR", 1, 366),
            from("DOY", 1, 366),
            from("WEEK", 0, 53),
            from("WEEKOFYEAR", 1, 53),
            from("QUARTER", 1, 4),
            from("HOUR", 0, 23),
            from("MINUTE", 0, 59),
            from("SECOND", 0, 61),
            from("ASCII", 0, 1_114_111),
            from("UNICODE", 0, 1_114_111),
            from("ORD", 0, 4e9),
            from("BIT_LENGTH", 0, ANY),
            from("BIT_COUNT", 0, ANY),
            from("LENGTHB", 0, ANY),
            from("LENGTHC", 0, ANY),
            from("CARDINALITY", 0, ANY),
            from("JSON_LENGTH", 0, ANY),
            from("JSON_DEPTH", 1, ANY),
            from("JSONB_ARRAY_LENGTH", 0, ANY),
            from("JSON_ARRAY_LENGTH", 0, ANY),
            from("REGEXP_COUNT", 0, ANY),
            from("REGEXP_INSTR", 0, ANY),
            from("PATINDEX", 0, ANY),
            from("LEVENSHTEIN", 0, ANY),
            from("ISNUMERIC", 0, 1),
            from("ISDATE", 0, 1),
            from("ISJSON", 0, 1),
            from("JSON_VALID", 0, 1),
            from("ORA_HASH", 0, 4_294_967_295d),
            from("CRC32", 0, 4_294_967_295d));

    private static final Map<String, Integer> DIGESTS =
            Map.of("MD5", 32, "SHA", 40, "SHA1", 40, "SHA224", 56, "SHA256", 64, "SHA384", 96, "SHA512", 128);

    private static final List<String> JSON_TYPES = List.of("object", "array", "string", "number", "boolean", "null");

    private static final Map<String, List<String>> NAMES =
            Map.of("JSON_TYPEOF", JSON_TYPES, "JSONB_TYPEOF", JSON_TYPES);

    private static final List<String> STORAGE_CLASSES = List.of("null", "integer", "real", "text", "blob");

    /** Texts that have something around what is in them. */
    private static final Set<String> NEVER_EMPTY = Set.of(
            "PG_TYPEOF",
            "QUOTE",
            "QUOTE_NULLABLE",
            "DUMP",
            "SYS_OP_MAP_NONNULL",
            "JSON_QUOTE",
            "JSON_ARRAY",
            "JSON_OBJECT",
            "JSON_BUILD_ARRAY",
            "JSONB_BUILD_ARRAY",
            "JSON_BUILD_OBJECT",
            "JSONB_BUILD_OBJECT");

    /** Likewise, and NULL for NULL. */
    private static final Set<String> QUOTED =
            Set.of("QUOTENAME", "QUOTE_LITERAL", "QUOTE_IDENT", "TO_JSON", "TO_JSONB");

    /** Numbers that NULL has, too. */
    private static final Set<String> OF_NULL =
            Set.of("COUNT", "COUNT_BIG", "ROW_NUMBER", "ISNUMERIC", "ISDATE", "BIT_COUNT", "ORA_HASH");

    /** Texts that may be empty, but are none that is NULL. */
    private static final Set<String> NEVER_NULL = Set.of("CONCAT_WS", "PRINTF", "FORMAT", "HEX");

    private Results() {}

    private static Map.Entry<String, double[]> from(String name, double least, double most) {
        return Map.entry(name, new double[] {least, most});
    }

    /** The values to try for a call of {@code name} (in upper case), {@code null} where nothing is known of it. */
    static @Nullable List<Value> of(Dialect dialect, String name, Domain domain) {
        double[] range = RANGES.get(name);
        if (range != null) {
            List<Value> numbers = domain.whole(range[0], range[1]);
            return OF_NULL.contains(name) ? numbers : orNull(numbers);
        }
        Integer length = DIGESTS.get(name);
        if (length != null) {
            return orNull(domain.digests(length));
        }
        List<String> names = NAMES.get(name);
        if (name.equals("TYPEOF") && (dialect == Dialect.SQLITE || dialect == Dialect.GENERIC)) {
            names = STORAGE_CLASSES;
        }
        if (names != null) {
            List<Value> all = new ArrayList<>();
            names.forEach(each -> all.add(Value.constant(each)));
            return name.equals("TYPEOF") ? all : orNull(all);
        }
        if (QUOTED.contains(name)) {
            return orNull(written(domain, true));
        }
        boolean filled = NEVER_EMPTY.contains(name);
        return filled || NEVER_NULL.contains(name) ? written(domain, filled) : null;
    }

    private static List<Value> orNull(List<Value> values) {
        values.add(Value.NULL);
        return values;
    }

    private static List<Value> written(Domain domain, boolean filled) {
        List<Value> all = new ArrayList<>(domain.texts());
        all.removeIf(v -> v.isNull() || filled && Set.of("", "[]", "{}").contains(Constants.text(v)));
        return all;
    }
}
