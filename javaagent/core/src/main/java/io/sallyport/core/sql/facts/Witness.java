package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a row that a condition leaves out. A condition for which there's no such row bounds nothing, however it is spelt: {@code
 * id + 0 = id}, {@code length(name) >= 0}, {@code id XOR NOT id}.
 *
 * <p>The condition is folded for one row after the other, its columns holding its own literals and values between and beyond them
 * ({@link Domain}). What can't be calculated is free: equal calls with equal arguments give equal values, other tests are by turns
 * false, true and unknown. Freedom finds more rows, so what isn't understood counts as a filter. Most conditions end with the first row
 * or the second.
 *
 * <p>A row is left out when the condition is false of it, or unknown though nothing in it is NULL ({@code a IN (1, NULL)}). Where the
 * condition is unknown only because a column is NULL ({@code a = a}), the row is no witness: a write that spares only those rows is no
 * bounded write. A test for NULL itself ({@code a IS NOT NULL}) is false of such a row, and so a filter.
 */
final class Witness {

    private static final int MAX_TOKENS = 200;
    private static final List<Value> TRUTHS = List.of(Value.FALSE, Value.TRUE, Value.NULL);

    /** Functions of texts: a column inside holds one. */
    private static final Set<String> OF_TEXT = Set.of(
            "LENGTH",
            "LEN",
            "CHAR_LENGTH",
            "CHARACTER_LENGTH",
            "OCTET_LENGTH",
            "DATALENGTH",
            "UPPER",
            "LOWER",
            "UCASE",
            "LCASE",
            "TRIM",
            "LTRIM",
            "RTRIM",
            "BTRIM",
            "CONCAT",
            "SUBSTRING",
            "SUBSTR",
            "MID",
            "LEFT",
            "RIGHT",
            "REPLACE",
            "REVERSE",
            "STRCMP",
            "STARTS_WITH",
            "STRPOS",
            "INSTR",
            "LOCATE",
            "CHARINDEX",
            "POSITION",
            "FIND_IN_SET",
            "INITCAP");
    /** What functions of unknown arguments give at least and at most; never NULL for what isn't. */
    private static final Map<String, double[]> RANGES = Map.ofEntries(
            Map.entry("COUNT", new double[] {0, 1e18}),
            Map.entry("COUNT_BIG", new double[] {0, 1e18}),
            Map.entry("ROW_NUMBER", new double[] {1, 1e18}),
            Map.entry("NUM_NULLS", new double[] {0, 1600}),
            Map.entry("NUM_NONNULLS", new double[] {0, 1600}),
            Map.entry("PG_COLUMN_SIZE", new double[] {1, 1e9}),
            Map.entry("YEAR", new double[] {1, 9999}),
            Map.entry("MONTH", new double[] {1, 12}),
            Map.entry("DAY", new double[] {1, 31}),
            Map.entry("DAYOFMONTH", new double[] {1, 31}),
            Map.entry("DAYOFWEEK", new double[] {1, 7}),
            Map.entry("DAYOFYEAR", new double[] {1, 366}),
            Map.entry("QUARTER", new double[] {1, 4}),
            Map.entry("HOUR", new double[] {0, 23}),
            Map.entry("MINUTE", new double[] {0, 59}),
            Map.entry("SECOND", new double[] {0, 61}),
            Map.entry("ASCII", new double[] {0, 1_114_111}),
            Map.entry("ORD", new double[] {0, 4e9}),
            Map.entry("BIT_LENGTH", new double[] {0, 1e18}),
            Map.entry("CARDINALITY", new double[] {0, 1e18}),
            Map.entry("JSON_LENGTH", new double[] {0, 1e18}),
            Map.entry("JSONB_ARRAY_LENGTH", new double[] {0, 1e18}),
            Map.entry("JSON_ARRAY_LENGTH", new double[] {0, 1e18}),
            Map.entry("CRC32", new double[] {0, 4294967295d}));

    private final Dialect dialect;
    private final Tokens t;
    private final Effort effort;

    Witness(Dialect dialect, Tokens t, Effort effort) {
        this.dialect = dialect;
        this.t = t;
        this.effort = effort;
    }

    /** Whether there's no row that {@code condition} leaves out. */
    boolean isMissing(Span condition, Rows rows) {
        int size = condition.to() - condition.from();
        if (size > MAX_TOKENS) {
            return false;
        }
        Domain domain = new Domain(t, condition);
        if (domain.isTooLarge()) {
            return false;
        }
        Row row = new Row(rows, domain, condition);
        boolean met = false;
        do {
            if (!effort.take(size)) {
                return false;
            }
            Value v = ConditionFolder.fold(dialect, t, condition, row);
            Boolean truth = v.truth();
            if (!v.isConstant() || truth == null && !row.hasNull() || truth != null && !truth) {
                return false;
            }
            met |= truth != null;
        } while (row.next());
        return met;
    }

    /** The row that is looked at. */
    private final class Row implements Rows {

        private final Rows outer;
        private final Domain domain;
        private final Set<String> texts = new HashSet<>();
        private final Set<String> truths = new HashSet<>();
        private final Map<String, List<Value>> alternatives = new HashMap<>();
        private final Map<String, Integer> chosen = new HashMap<>();
        /** What has been chosen, the first first. */
        private final List<String> order = new ArrayList<>();

        Row(Rows outer, Domain domain, Span condition) {
            this.outer = outer;
            this.domain = domain;
            for (int i = condition.from(); i < condition.to(); i++) {
                if (t.isName(i) && isText(i)) {
                    texts.add(t.name(i));
                }
                if (t.isName(i) && isTruth(i)) {
                    truths.add(t.name(i));
                }
            }
        }

        private boolean isText(int i) {
            int first = i;
            while (t.is(first - 1, TokenType.DOT)) {
                first -= 2;
            }
            int open = first - 1;
            boolean argument = t.is(open, TokenType.LEFT_PAREN) && OF_TEXT.contains(t.word(open - 1))
                    || t.is(open, TokenType.COMMA)
                            && t.is(open - 2, TokenType.LEFT_PAREN)
                            && OF_TEXT.contains(t.word(open - 3));
            boolean matched = t.isAny(i + 1, "LIKE", "ILIKE", "REGEXP", "RLIKE", "SIMILAR", "GLOB")
                    || t.is(i + 1, "NOT") && t.isAny(i + 2, "LIKE", "ILIKE", "REGEXP", "RLIKE", "SIMILAR", "GLOB");
            boolean joined = dialect != Dialect.MYSQL && (t.isOp(i + 1, "||") || t.isOp(first - 1, "||"));
            return argument || matched || joined;
        }

        /** {@code active IN (TRUE, FALSE)}: a column that is compared with these holds one of them. */
        private boolean isTruth(int i) {
            int value = t.is(i + 1, TokenType.OPERATOR) ? i + 2 : t.is(i + 1, "NOT") ? i + 4 : i + 3;
            boolean listed = t.is(value - 2, "IN") && t.is(value - 1, TokenType.LEFT_PAREN);
            return (listed || t.isOp(i + 1, "=") || t.isOp(i + 1, "<>") || t.isOp(i + 1, "!="))
                    && t.isAny(value, "TRUE", "FALSE");
        }

        /** Turns to the next row; false after the last one. */
        boolean next() {
            while (!order.isEmpty()) {
                String last = order.get(order.size() - 1);
                int index = chosen.merge(last, 1, Integer::sum);
                if (index < alternatives.getOrDefault(last, List.of()).size()) {
                    return true;
                }
                chosen.remove(last);
                order.remove(order.size() - 1);
            }
            return false;
        }

        boolean hasNull() {
            for (String key : order) {
                if (choice(key).isNull()) {
                    return true;
                }
            }
            return false;
        }

        private Value choice(String key) {
            return alternatives.getOrDefault(key, TRUTHS).get(chosen.getOrDefault(key, 0));
        }

        private Value choose(String key, List<Value> of) {
            alternatives.putIfAbsent(key, of);
            if (chosen.putIfAbsent(key, 0) == null) {
                order.add(key);
            }
            return choice(key);
        }

        @Override
        public boolean isCase() {
            return true;
        }

        @Override
        public @Nullable Value column(Span chain, String text) {
            List<Value> known = alternatives.get(text);
            return choose(text, known != null ? known : values(chain)).withText(text);
        }

        @Override
        public Value whole() {
            return choose("whole row", domain.rows());
        }

        private List<Value> values(Span chain) {
            String name = t.name(chain.to() - 1);
            if (name.equals("ctid") && dialect == Dialect.POSTGRESQL) {
                return domain.places();
            }
            if (truths.contains(name)) {
                return TRUTHS;
            }
            boolean text = texts.contains(name) || isComparedWithText(chain);
            if (outer.isKey(chain) && outer.depend(chain)) {
                boolean counted = name.equals("rownum");
                return text ? domain.keys() : domain.whole(1, counted ? Limits.MOST : Integer.MAX_VALUE);
            }
            return text ? domain.texts() : domain.numbers();
        }

        @Override
        public @Nullable Value test(@Nullable String text) {
            return text == null ? null : choose("? " + text, TRUTHS);
        }

        @Override
        public @Nullable Value call(String name, @Nullable String key) {
            if (key == null) {
                return null;
            }
            double[] range = RANGES.get(name);
            String call = "() " + key;
            List<Value> known = alternatives.get(call);
            if (known == null && range != null) {
                known = domain.whole(range[0], range[1]);
            } else if (known == null) {
                known = domain.hasStrings() && !domain.hasNumbers() ? domain.texts() : domain.numbers();
            }
            return choose(call, known);
        }

        /** Whether the literal nearest to the column is a string. */
        private boolean isComparedWithText(Span chain) {
            if (!domain.hasNumbers() || !domain.hasStrings()) {
                return domain.hasStrings();
            }
            int i = chain.to();
            while (i < chain.to() + 6 && !t.isAny(i, "AND", "OR", "XOR")) {
                if (t.is(i, TokenType.STRING) || t.is(i, TokenType.NUMBER)) {
                    return t.is(i, TokenType.STRING);
                }
                i++;
            }
            return t.is(chain.from() - 2, TokenType.STRING);
        }

        @Override
        public boolean depend(Span nameOrQuery) {
            return outer.depend(nameOrQuery);
        }

        @Override
        public boolean isOwn(Span chain) {
            return outer.isOwn(chain);
        }

        @Override
        public boolean isWhole(Span chain) {
            return outer.isWhole(chain);
        }

        @Override
        public boolean isKey(Span chain) {
            return outer.isKey(chain);
        }

        @Override
        public boolean givesOwn(Span query, @Nullable String text) {
            return outer.givesOwn(query, text);
        }

        @Override
        public boolean boundsOwn(Span query, String aggregate, String text) {
            return outer.boundsOwn(query, aggregate, text);
        }

        @Override
        public boolean findsOwn(Span query) {
            return outer.findsOwn(query);
        }
    }
}
