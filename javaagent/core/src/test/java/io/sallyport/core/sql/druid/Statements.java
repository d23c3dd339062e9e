package io.sallyport.core.sql.druid;

import io.sallyport.core.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes random statements of the constructs that applications use and both parsers claim to know. */
final class Statements {

    private static final List<String> TABLES = List.of("customers", "orders", "items", "app.audit", "notes");

    private final Random random;
    private final Dialect dialect;
    private int aliases;

    Statements(Random random, Dialect dialect) {
        this.random = random;
        this.dialect = dialect;
    }

    String next() {
        aliases = 0;
        return switch (random.nextInt(8)) {
            case 0 -> "INSERT INTO " + table() + " (a, b) VALUES (" + expression("", 0) + ", " + literal() + ")";
            case 1 -> "INSERT INTO " + table() + " (a, b) " + select(1);
            case 2 -> "UPDATE " + table() + " SET a = " + expression("", 1) + ", b = " + literal() + where("");
            case 3 -> "DELETE FROM " + table() + where("");
            case 4 -> "TRUNCATE TABLE " + table();
            case 5 -> select(2) + " UNION ALL " + select(1);
            default -> select(2);
        };
    }

    private String select(int depth) {
        List<String> labels = new ArrayList<>();
        StringBuilder from = new StringBuilder();
        int items = 1 + random.nextInt(3);
        for (int i = 0; i < items; i++) {
            String label = "t" + aliases++;
            boolean sub = depth > 0 && random.nextInt(4) == 0;
            String item = (sub ? "(" + select(depth - 1) + ")" : table()) + " " + label;
            String join = random.nextBoolean() ? " JOIN " : " LEFT JOIN ";
            from.append(i == 0 ? "" : random.nextInt(3) == 0 ? ", " : join).append(item);
            if (i > 0 && !from.substring(0, from.length() - item.length()).endsWith(", ")) {
                from.append(" ON ")
                        .append(label)
                        .append(".a = ")
                        .append(labels.get(0))
                        .append(".a");
            }
            labels.add(label);
        }
        String label = labels.get(random.nextInt(labels.size())) + ".";
        String group = random.nextInt(5) == 0 ? " GROUP BY " + label + "a" : "";
        String columns = expression(label, depth) + " AS a, " + label + "b";
        return "SELECT " + (group.isEmpty() ? columns : "max(" + label + "b) AS a, count(*) AS b") + " FROM " + from
                + where(label, depth) + group;
    }

    private String where(String label) {
        return where(label, 1);
    }

    private String where(String label, int depth) {
        int terms = random.nextInt(4);
        StringBuilder where = new StringBuilder();
        for (int i = 0; i < terms; i++) {
            where.append(i == 0 ? " WHERE " : random.nextBoolean() ? " AND " : " OR ")
                    .append(predicate(label, depth));
        }
        return where.toString();
    }

    private String predicate(String label, int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> label + "a IN (" + literal() + ", " + literal() + ")";
            case 1 -> label + "a BETWEEN 1 AND " + random.nextInt(50);
            case 2 -> label + "b LIKE " + literal();
            case 3 -> label + "c IS " + (random.nextBoolean() ? "NOT " : "") + "NULL";
            case 4 -> depth > 0 ? label + "a IN (" + one(depth - 1) + ")" : label + "a = 1";
            case 5 -> depth > 0 ? "EXISTS (" + one(depth - 1) + ")" : "NOT " + label + "a = 2";
            default -> "(" + expression(label, 0) + " > " + literal() + ")";
        };
    }

    private String one(int depth) {
        String label = "s" + aliases++;
        return "SELECT " + label + ".a FROM " + table() + " " + label + where(label + ".", depth);
    }

    private String expression(String label, int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> "coalesce(" + label + "a, " + literal() + ")";
            case 1 -> "CASE WHEN " + label + "a = 1 THEN " + literal() + " ELSE " + label + "b END";
            case 2 -> label + "a + " + random.nextInt(9);
            case 3 -> depth > 0 ? "(" + one(depth - 1) + ")" : "upper(" + label + "b)";
            case 4 -> literal();
            default -> label + "a";
        };
    }

    private String literal() {
        return switch (random.nextInt(6)) {
            case 0 -> "'DROP TABLE x; --'";
            case 1 -> "'it''s'";
            case 2 -> "?";
            case 3 -> "NULL";
            default -> String.valueOf(random.nextInt(1000));
        };
    }

    private String table() {
        String table = TABLES.get(random.nextInt(TABLES.size()));
        if (random.nextInt(4) > 0 || table.contains(".")) {
            return table;
        }
        return switch (dialect) {
            case MYSQL -> "`" + table + "`";
            case TSQL -> "[" + table + "]";
            default -> "\"" + table + "\"";
        };
    }
}
