package io.sallyport.core.sql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a target's schema, for expanding {@code *} and views, and of copies that were made of its columns. Immutable; a
 * change is another instance, and caches tell instances apart by identity. Names are folded by the dialect.
 *
 * @param tables columns in order, by {@code table} or {@code schema.table}
 * @param views {@code CREATE VIEW} texts
 * @param inheritance what this process copied; see {@link TargetCatalogue}
 * @param structure what else the server's own catalogue said
 */
public record Catalogue(
        Map<String, List<String>> tables, List<String> views, Inheritance inheritance, Structure structure) {
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
        this(tables, views, Inheritance.NONE, Structure.UNKNOWN);
    }

    /** The same schema with other copies. */
    public Catalogue with(Inheritance other) {
        return other == inheritance ? this : new Catalogue(tables, views, other, structure);
    }

    /**
     * Whether nobody knows what the relation shows: the catalogue lists all there are, and it is not among them.
     */
    boolean isStranger(@Nullable String schema, String table) {
        return structure.isStranger(schema, table);
    }

    /** The same with other tables and views. */
    public Catalogue with(Map<String, List<String>> otherTables, List<String> otherViews) {
        return new Catalogue(otherTables, otherViews, inheritance, structure);
    }

    /** Schemas in which a name without one is looked up, in order; empty where that is not known. */
    public List<String> searchPath() {
        return structure.path();
    }

    /**
     * Whether code that is stored in the server may run under a statement that was read with this catalogue; so it is where that is not
     * known.
     */
    public boolean mayRunCode(SqlAnalysis read) {
        return StoredCode.mayRun(read, this);
    }

    /** All functions and procedures of this (folded) name that users have defined, as far as they are known. */
    public List<StoredRoutine> routines(String name) {
        return structure.routines().named(name);
    }

    /** Whether the (folded) name means a function of the server's own that computes with its arguments and knows nothing else. */
    public boolean isPureFunction(String name) {
        return structure.complete() && isPureByName(name) && routines(name).isEmpty();
    }

    /** Whether the (folded) name is that of such a function, as long as no user defines another. */
    public static boolean isPureByName(String name) {
        return PureFunctions.contains(name);
    }

    /** Whether a routine of this (folded) name is code of the user's in a language of programs, which gets values as they are. */
    public boolean isProgram(String routine) {
        return structure.routines().isProgram(routine);
    }

    /** Whether users defined any function. */
    public boolean hasFunctions() {
        return !structure.routines().isEmpty();
    }

    /** Whether users defined a function of this (folded) name. */
    public boolean hasFunction(String name) {
        return structure.routines().has(name);
    }

    /** Whether there is such a relation in such a schema, for certain. */
    public boolean lists(String schema, String table) {
        return structure.listed().contains(schema + "." + table);
    }

    /** The same tables, views and copies in another structure. */
    Catalogue with(Structure other) {
        return other == structure ? this : new Catalogue(tables, views, inheritance, other);
    }
}
