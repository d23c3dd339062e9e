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
    /** Rows that are tried of every condition, however large it is and whatever others have cost. */
    private static final int FEW = 16;
    /** Tokens times these rows. */
    private static final int MAX_WORK = 30_000;

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
        if (size > MAX_TOKENS && isTooDeep(condition)) {
            return false;
        }
        Domain domain = new Domain(t, condition);
        Row row = new Row(rows, domain, condition);
        boolean large = size > MAX_TOKENS || domain.isTooLarge();
        int fewest = Math.max(1, Math.min(FEW, MAX_WORK / Math.max(1, size)));
        boolean met = false;
        int tried = 0;
        do {
            if (tried++ >= fewest && (!effort.take(size) || large)) {
                // Of a filter one of the first rows is left out; it isn't worth more to find that this is none.
                return true;
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

    /** Whether brackets stand in more of them than are followed, so that no row could be told to pass. */
    private boolean isTooDeep(Span condition) {
        int depth = 0;
        for (int i = condition.from(); i < condition.to(); i++) {
            depth += t.is(i, TokenType.LEFT_PAREN) ? 1 : t.is(i, TokenType.RIGHT_PAREN) ? -1 : 0;
            if (depth > OperandFolder.MAX_DEPTH) {
                return true;
            }
        }
        return false;
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
            String call = "() " + key;
            List<Value> known = alternatives.get(call);
            if (known == null) {
                known = Results.of(dialect, name, domain);
            }
            if (known == null) {
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
        public @Nullable String source(Span chain) {
            return outer.source(chain);
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
