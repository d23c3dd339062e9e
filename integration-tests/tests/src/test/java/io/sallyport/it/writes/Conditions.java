package io.sallyport.it.writes;

import java.util.List;
import java.util.Random;

/** Makes conditions over {@link Target}'s columns, by chance, and many of them always true or nearly so. */
final class Conditions {

    private static final List<String> NUMBERS = List.of("0", "10", "20");
    private static final List<String> TEXTS = List.of("'b'", "'d'");
    private static final List<String> COMPARISONS = List.of("=", "<>", "!=", "<", "<=", ">", ">=");

    private final Random random;
    private final boolean postgres;
    private final String alias;

    /** @param alias in front of columns; empty for none */
    Conditions(Random random, boolean postgres, String alias) {
        this.random = random;
        this.postgres = postgres;
        this.alias = alias;
    }

    String condition(int depth) {
        int roll = random.nextInt(100);
        if (depth == 0 || roll < 30) {
            return comparison();
        }
        if (roll < 45) {
            return join(condition(depth - 1), " OR ", condition(depth - 1));
        }
        if (roll < 60) {
            return join(condition(depth - 1), " AND ", condition(depth - 1));
        }
        if (roll < 67) {
            return "NOT (" + condition(depth - 1) + ")";
        }
        if (roll < 85) {
            return completed(depth - 1);
        }
        if (roll < 90) {
            return "(" + condition(depth - 1) + ") IS "
                    + pick(List.of("TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "UNKNOWN", "NOT UNKNOWN"));
        }
        if (roll < 93) {
            return "CASE WHEN " + condition(depth - 1) + " THEN " + condition(depth - 1) + " ELSE "
                    + condition(depth - 1) + " END";
        }
        if (roll < 96) {
            return "coalesce(" + condition(depth - 1) + ", " + pick(List.of("true", "false")) + ")";
        }
        return constant();
    }

    private String join(String left, String operator, String right) {
        return random.nextInt(3) == 0 ? left + operator + right : "(" + left + ")" + operator + "(" + right + ")";
    }

    /** Two conditions that leave no value out, or almost none; or, as often, one of them with the wrong border. */
    private String completed(int depth) {
        String column = number();
        String literal = pick(NUMBERS);
        String other = pick(NUMBERS);
        return switch (random.nextInt(9)) {
            case 0 -> column + " > " + literal + " OR " + column + " <= " + literal;
            case 1 -> column + " >= " + literal + " OR " + column + " < " + other + " OR " + column + " IS NULL";
            case 2 -> column + " <> " + literal + " OR " + column + " <> " + other + " OR " + column + " IS NULL";
            case 3 -> column + " IS NULL OR " + column + " IS NOT NULL";
            case 4 -> column + " = " + literal + " OR NOT " + column + " = " + literal + " OR " + column + " IS NULL";
            case 5 -> {
                String part = condition(depth);
                yield "(" + part + ") OR NOT (" + part + ")";
            }
            case 6 -> {
                String part = condition(depth);
                yield "(" + part + ") OR (" + part + ") IS NOT TRUE";
            }
            case 7 ->
                column + " BETWEEN " + literal + " AND " + other + " OR " + column + " NOT BETWEEN " + literal + " AND "
                        + other + " OR " + column + " IS NULL";
            default ->
                column + " IN (" + literal + ", " + other + ") OR " + column + " NOT IN (" + literal + ") OR " + column
                        + " IS NULL";
        };
    }

    private String comparison() {
        String column = number();
        // MariaDB takes (NULL, 10) = (0, 10) for false where it is asked whether that is unknown.
        return switch (random.nextInt(postgres ? 18 : 17)) {
            case 0, 1, 2, 3 -> column + " " + pick(COMPARISONS) + " " + pick(NUMBERS);
            case 4 -> pick(NUMBERS) + " " + pick(COMPARISONS) + " " + column;
            case 5, 6 -> column + " " + pick(COMPARISONS) + " " + number();
            case 7 -> column + pick(List.of(" ", " NOT ")) + "BETWEEN " + pick(NUMBERS) + " AND " + pick(NUMBERS);
            case 8 -> column + pick(List.of(" ", " NOT ")) + "IN (" + pick(NUMBERS) + ", " + pick(NUMBERS) + ")";
            case 9 -> column + " IS " + pick(List.of("", "NOT ")) + "NULL";
            case 10, 11 -> text() + " " + pick(COMPARISONS) + " " + pick(TEXTS);
            case 12 -> text() + pick(List.of(" ", " NOT ")) + "LIKE " + pick(List.of("'b%'", "'%'", "'b'", "'_'"));
            case 13 -> "coalesce(" + column + ", " + pick(NUMBERS) + ") " + pick(COMPARISONS) + " " + pick(NUMBERS);
            case 14 -> same(column, random.nextBoolean() ? number() : pick(NUMBERS));
            case 15 -> column + " " + pick(COMPARISONS) + " " + column;
            case 17 -> "(" + column + ", " + number() + ") = (" + pick(NUMBERS) + ", " + pick(NUMBERS) + ")";
            default -> column + " IN (SELECT k FROM u WHERE k " + pick(COMPARISONS) + " " + pick(NUMBERS) + ")";
        };
    }

    private String same(String left, String right) {
        if (postgres) {
            return left + " IS " + pick(List.of("", "NOT ")) + "DISTINCT FROM " + right;
        }
        return pick(List.of("", "NOT ")) + left + " <=> " + right;
    }

    private String constant() {
        return switch (random.nextInt(7)) {
            case 0 -> pick(NUMBERS) + " " + pick(COMPARISONS) + " " + pick(NUMBERS);
            case 1 -> pick(TEXTS) + " " + pick(COMPARISONS) + " " + pick(TEXTS);
            case 2 -> pick(List.of("true", "false", "NULL", "NOT false", "1 = 1", "(1 = 1) IS TRUE", "2 > 1 + 3"));
            case 3 -> pick(NUMBERS) + " IN (" + pick(NUMBERS) + ", " + pick(NUMBERS) + ")";
            case 4 -> pick(NUMBERS) + " BETWEEN " + pick(NUMBERS) + " AND " + pick(NUMBERS);
            case 5 -> pick(List.of("", "NOT ")) + "EXISTS (SELECT 1)";
            default -> "(SELECT " + pick(NUMBERS) + ") " + pick(COMPARISONS) + " " + pick(NUMBERS);
        };
    }

    private String number() {
        return alias + pick(List.of("n", "n", "m"));
    }

    private String text() {
        return alias + "s";
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
