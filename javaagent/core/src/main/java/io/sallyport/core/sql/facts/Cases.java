package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a condition is true of every row there can be, NULLs included, by folding it once for every case: each column holds
 * each literal of the condition, values between them, beyond them, and NULL; comparisons with those literals can tell no other values
 * apart. A test that isn't such a comparison, a sub-query or LIKE, is by turns true, false and unknown. Whatever calculates with
 * columns isn't looked at. Most conditions end with the first case, in which every column is NULL.
 */
final class Cases {

    private static final int MAX_TOKENS = 200;
    private static final int MAX_LITERALS = 12;
    private static final Set<String> WORDS = Set.of(
            "AND",
            "OR",
            "XOR",
            "NOT",
            "IS",
            "NULL",
            "TRUE",
            "FALSE",
            "UNKNOWN",
            "IN",
            "BETWEEN",
            "LIKE",
            "ILIKE",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "DISTINCT",
            "FROM");
    private static final Set<String> CALLS = Set.of("COALESCE", "IFNULL", "NVL", "EXISTS");
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=", "<=>");
    private static final List<Value> TRUTHS = List.of(Value.NULL, Value.FALSE, Value.TRUE);

    private final Dialect dialect;
    private final Tokens t;
    /** Tokens that may still be folded, over all conditions of the statement. */
    private int left = 300_000;

    Cases(Dialect dialect, Tokens t) {
        this.dialect = dialect;
        this.t = t;
    }

    boolean alwaysTrue(Span condition, Rows rows) {
        int size = condition.to() - condition.from();
        if (size > MAX_TOKENS || !comparesOnly(condition)) {
            return false;
        }
        Row row = new Row(rows, condition);
        if (row.numbers.size() > MAX_LITERALS || row.strings.size() > MAX_LITERALS) {
            return false;
        }
        do {
            left -= size;
            Value v = left < 0 ? Value.OTHER : ConditionFolder.fold(dialect, t, condition, row);
            if (!v.isConstant() || !Boolean.TRUE.equals(v.truth())) {
                return false;
            }
        } while (row.next());
        return true;
    }

    private boolean comparesOnly(Span condition) {
        int i = condition.from();
        while (i < condition.to()) {
            boolean call = t.is(i + 1, TokenType.LEFT_PAREN);
            TokenType type = t.type(i);
            if (type == TokenType.LEFT_PAREN && Clauses.startsQuery(t, i + 1, condition.to())) {
                i = t.skip(i, condition.to());
                continue;
            }
            boolean plain = switch (type) {
                case WORD -> WORDS.contains(t.word(i)) || (call ? CALLS.contains(t.word(i)) : !isKeyword(i));
                case QUOTED -> !call;
                case OPERATOR ->
                    COMPARISONS.contains(t.text(i)) || t.is(i - 1, TokenType.NUMBER) && t.is(i + 1, TokenType.NUMBER);
                case NUMBER, STRING, LEFT_PAREN, RIGHT_PAREN, COMMA, DOT -> true;
                default -> false;
            };
            if (!plain) {
                return false;
            }
            i++;
        }
        return true;
    }

    private boolean isKeyword(int i) {
        return Words.NEVER_COLUMN.contains(t.word(i)) && !t.is(i - 1, TokenType.DOT);
    }

    /** The case that is looked at. */
    private final class Row implements Rows {

        private final Rows outer;
        private final TreeSet<Double> numbers = new TreeSet<>();
        private final TreeSet<String> strings = new TreeSet<>();
        private final Map<String, List<Value>> alternatives = new HashMap<>();
        private final Map<String, Integer> chosen = new HashMap<>();
        /** What has been chosen, the first first. */
        private final List<String> order = new ArrayList<>();

        Row(Rows outer, Span condition) {
            this.outer = outer;
            for (int i = condition.from(); i < condition.to(); i++) {
                if (t.is(i, TokenType.NUMBER) && Constants.number(t.text(i)).data() instanceof Double number) {
                    numbers.add(number);
                } else if (t.is(i, TokenType.STRING)) {
                    strings.add(t.content(i));
                }
            }
        }

        /** Turns to the next case; false after the last one. */
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

        private Value choose(String key, List<Value> of) {
            alternatives.putIfAbsent(key, of);
            Integer index = chosen.get(key);
            if (index == null) {
                index = 0;
                chosen.put(key, index);
                order.add(key);
            }
            return of.get(index);
        }

        @Override
        public boolean isCase() {
            return true;
        }

        @Override
        public @Nullable Value column(Span chain, String text) {
            List<Value> known = alternatives.get(text);
            return choose(text, known != null ? known : comparedWithText(chain) ? texts() : numbers());
        }

        @Override
        public @Nullable Value test(@Nullable String text) {
            return text == null ? null : choose("? " + text, TRUTHS);
        }

        /** Whether the literal nearest to the column is a string. */
        private boolean comparedWithText(Span chain) {
            if (numbers.isEmpty() || strings.isEmpty()) {
                return !strings.isEmpty();
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

        private List<Value> numbers() {
            List<Value> all = new ArrayList<>(List.of(Value.NULL));
            double before = (numbers.isEmpty() ? 0 : numbers.first()) - 3;
            for (double number : numbers) {
                double third = (number - before) / 3;
                all.add(Value.constant(before + third));
                all.add(Value.constant(before + 2 * third));
                all.add(Value.constant(number));
                before = number;
            }
            all.add(Value.constant(before + 1));
            all.add(Value.constant(before + 2));
            return all;
        }

        private List<Value> texts() {
            List<Value> all = new ArrayList<>(List.of(Value.NULL, Value.constant("")));
            for (String text : strings) {
                all.add(Value.constant(text));
                all.add(Value.constant(text + "0"));
                all.add(Value.constant(text + "1"));
            }
            return all;
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
        public boolean holdsAll(Span query, @Nullable String text) {
            return false;
        }
    }
}
