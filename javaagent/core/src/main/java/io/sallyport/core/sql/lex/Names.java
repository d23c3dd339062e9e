package io.sallyport.core.sql.lex;

import java.util.Locale;

/**
 * The one way names are folded before they are compared: to lower case, quoted or not, in every dialect.
 *
 * <p>Servers disagree (PostgreSQL folds unquoted names down, Oracle and H2 up, SQL Server and MySQL compare by collation). Two
 * columns that differ by case only are a curiosity; a sensitive column missed because a quote changed its case is a leak.
 */
public final class Names {

    private Names() {}

    /** A variable's name as it's compared: {@code @v}, {@code @'v'} and {@code @`V`} are one (MySQL manual, 11.4). */
    public static String variable(String text) {
        int first = text.startsWith("@@") ? 2 : 1;
        boolean quoted = text.length() > first + 1 && "'\"`".indexOf(text.charAt(first)) >= 0;
        String name = quoted ? text.substring(0, first) + text.substring(first + 1, text.length() - 1) : text;
        return name.toLowerCase(Locale.ROOT);
    }

    /** {@code name} as it's compared. Allocates only when a letter changes. */
    public static String fold(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z' || c > 127) {
                return name.toLowerCase(Locale.ROOT);
            }
        }
        return name;
    }
}
