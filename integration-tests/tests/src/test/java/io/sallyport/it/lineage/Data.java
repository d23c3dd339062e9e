package io.sallyport.it.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * DDL and rows of one variant. What is not sensitive is the same in all of them. What is sensitive differs in value, order, length,
 * sign and parity, but not in which values are NULL or equal: that much may be seen.
 */
final class Data {

    private static final int ROWS = 5;

    private final Grammar grammar;
    private final int variant;

    Data(Grammar grammar, int variant) {
        this.grammar = grammar;
        this.variant = variant;
    }

    List<String> statements() {
        List<String> sql = new ArrayList<>();
        for (Source table : grammar.shop().tables()) {
            String columns =
                    table.columns().stream().map(c -> c.name() + " " + type(c)).collect(Collectors.joining(", "));
            sql.add("CREATE TABLE " + table.alias() + " (" + columns + ")");
            String rows = java.util.stream.IntStream.rangeClosed(1, ROWS)
                    .mapToObj(row -> row(table, row))
                    .collect(Collectors.joining(", "));
            sql.add("INSERT INTO " + table.alias() + " VALUES " + rows);
        }
        sql.addAll(grammar.shop().viewTexts());
        return sql;
    }

    private String type(Column column) {
        boolean key = column.name().equals("id");
        boolean pg = grammar.postgres();
        return switch (column.type()) {
            case TEXT -> pg ? "text" : "varchar(200)";
            case INT -> key ? "int PRIMARY KEY" : "int";
            case NUM -> "numeric(12,2)";
            case BOOL -> "boolean";
            case DATE -> "date";
            case OBJ, LIST -> pg ? "jsonb" : "json";
            case ARR -> "text[]";
        };
    }

    private String row(Source table, int row) {
        return table.columns().stream()
                .map(column -> value(table, column, row))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private String value(Source table, Column column, int row) {
        String place = table.alias() + "." + column.name();
        if (column.name().equals("id")
                || column.name().equals("\"Key\"")
                || column.name().equals("`Key`")) {
            return String.valueOf(row);
        }
        if (column.type() == Type.BOOL && column.tainted()) {
            // More of one than of the other, or else the bag of them is the same when all are turned round.
            return row == 3 ? "NULL" : String.valueOf(row == 5 ^ variant % 2 == 1);
        }
        Random fixed = new Random((place + row).hashCode() * 31L);
        if (fixed.nextInt(8) == 0) {
            return "NULL";
        }
        // Two rows share a value, whatever it is.
        int same = row == 4 ? 2 : row;
        Random random =
                new Random((place + same + (column.tainted() ? "/" + variant : "")).hashCode() * 0x9E3779B97F4A7C15L);
        return switch (column.type()) {
            case TEXT -> "'" + word(random, same) + "'";
            case INT -> column.tainted() ? number(random, same) + "" : String.valueOf(1 + fixed.nextInt(ROWS));
            case NUM -> number(random, same) + "." + random.nextInt(10);
            case BOOL -> String.valueOf(fixed.nextBoolean());
            case DATE ->
                (grammar.postgres() ? "date " : "") + "'" + (1950 + random.nextInt(12) * 5 + same) + "-0"
                        + (1 + random.nextInt(9)) + "-1" + random.nextInt(9) + "'";
            case OBJ, LIST -> "'{\"a\": \"" + word(random, same) + "\", \"b\": " + number(random, same) + "}'";
            case ARR -> "ARRAY['" + word(random, same) + "', '" + word(random, same) + "']";
        };
    }

    /** Different for each row. */
    private static String word(Random random, int row) {
        StringBuilder word = new StringBuilder();
        for (int i = 2 + random.nextInt(6); i > 0; i--) {
            word.append("abcdefghijklmnopqrstuvwxyz0123456789.".charAt(random.nextInt(37)));
        }
        return word.append(row).append("abcxyz".charAt(random.nextInt(6))).toString();
    }

    /** Different for each row. */
    private static int number(Random random, int row) {
        return (random.nextInt(900) * 10 + row) * (random.nextInt(4) == 0 ? -1 : 1);
    }
}
