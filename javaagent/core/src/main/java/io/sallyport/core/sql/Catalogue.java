package io.sallyport.core.sql;

import java.util.List;
import java.util.Map;

/**
 * What is known of a target's schema, for expanding {@code *} and views. Names are folded by the dialect.
 *
 * @param tables columns in order, by {@code table} or {@code schema.table}
 * @param views {@code CREATE VIEW} texts
 */
public record Catalogue(Map<String, List<String>> tables, List<String> views) {

    /** Nothing is known. */
    public static final Catalogue EMPTY = new Catalogue(Map.of(), List.of());

    public Catalogue {
        tables = Map.copyOf(tables);
        views = List.copyOf(views);
    }
}
