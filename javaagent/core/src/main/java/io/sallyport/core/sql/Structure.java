package io.sallyport.core.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server's catalogue says beside tables and views. Immutable.
 *
 * @param complete whether every relation is listed; of one that is not nothing is known then, and it may show anything
 * @param listed names of relations, folded, with their schema and without
 * @param held columns whose values come from other columns: generated ones, children's and parents', samples
 * @param path schemas in which a name without one is looked up, in order; empty where that is not known
 * @param routines functions that users defined
 * @param triggers tables on which triggers stand, with what those may read
 */
record Structure(
        boolean complete,
        Set<String> listed,
        Inheritance held,
        List<String> path,
        Routines routines,
        Inheritance triggers) {

    /** No catalogue was read, and nothing is concluded from that. */
    static final Structure UNKNOWN =
            new Structure(false, Set.of(), Inheritance.NONE, List.of(), Routines.NONE, Inheritance.NONE);

    private static final Set<String> SYSTEM_SCHEMAS = Set.of("pg_catalog", "information_schema", "pg_toast");

    Structure {
        listed = Set.copyOf(listed);
        path = List.copyOf(path);
    }

    /** Whether nobody knows what the relation is. */
    boolean isStranger(@Nullable String schema, String table) {
        return complete
                && !listed.contains(schema == null ? table : schema + "." + table)
                && !isSystems(schema, table)
                && !(schema == null && isNoRelation(table));
    }

    /** A session variable or another place that stands for a table: what is put there is seen, and in no catalogue. */
    private static boolean isNoRelation(String name) {
        return name.startsWith("@") || KeptPlace.isNamed(name);
    }

    private static boolean isSystems(@Nullable String schema, String table) {
        return schema == null
                ? table.startsWith("pg_") || table.equals("dual") || table.equals("sysdummy1")
                : SYSTEM_SCHEMAS.contains(schema);
    }

    /** Whether statements read the same under both. Routines count by their texts. */
    boolean isLike(Structure other) {
        return complete == other.complete
                && listed.equals(other.listed)
                && held.equals(other.held)
                && path.equals(other.path)
                && routines.isLike(other.routines)
                && triggers.equals(other.triggers);
    }

    Structure withoutPath() {
        return path.isEmpty() ? this : new Structure(complete, listed, held, List.of(), routines, triggers);
    }

    Structure withoutRoutines() {
        return new Structure(complete, listed, held, path, Routines.NONE, Inheritance.NONE);
    }

    Structure with(Routines other) {
        return other == routines ? this : new Structure(complete, listed, held, path, other, triggers);
    }

    Structure listing(Set<String> names) {
        return new Structure(complete, names, held, path, routines, triggers);
    }

    /** The same with more names. */
    Structure making(Set<String> names) {
        if (!complete || listed.containsAll(names)) {
            return this;
        }
        Set<String> all = new HashSet<>(listed);
        all.addAll(names);
        return listing(all);
    }

    Structure holding(List<Lineage.Copy> more) {
        Inheritance both = held.plus(more);
        return both == held ? this : new Structure(complete, listed, both, path, routines, triggers);
    }

    Structure triggering(List<Lineage.Copy> more) {
        Inheritance both = triggers.plus(more);
        return both == triggers ? this : new Structure(complete, listed, held, path, routines, both);
    }

    /** Whether there is nothing that a statement's lineage would have to be led through. */
    boolean isTransparent() {
        return !complete && held.isEmpty() && routines.isEmpty() && triggers.isEmpty();
    }
}
