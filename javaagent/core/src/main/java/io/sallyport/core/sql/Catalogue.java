package io.sallyport.core.sql;

import java.util.List;
import java.util.Map;

/**
 * What is known of a target's schema, for expanding {@code *} and views, and of copies that were made of its columns. Immutable; a
 * change is another instance, and caches tell instances apart by identity. Names are folded by the dialect.
 *
 * @param tables columns in order, by {@code table} or {@code schema.table}
 * @param views {@code CREATE VIEW} texts
 * @param inheritance what this process copied; see {@link TargetCatalogue}
 */
public record Catalogue(Map<String, List<String>> tables, List<String> views, Inheritance inheritance) {
    /** Nothing is known. */
    public static final Catalogue EMPTY = new Catalogue(Map.of(), List.of());

    public Catalogue {
        // Copies of immutable collections are the collections themselves: instances that differ in one part share the
        // others.
        tables = Map.copyOf(tables);
        views = List.copyOf(views);
    }

    /** A schema of which nothing was copied. */
    public Catalogue(Map<String, List<String>> tables, List<String> views) {
        this(tables, views, Inheritance.NONE);
    }

    /** The same schema with other copies. */
    public Catalogue with(Inheritance other) {
        return other == inheritance ? this : new Catalogue(tables, views, other);
    }
}
