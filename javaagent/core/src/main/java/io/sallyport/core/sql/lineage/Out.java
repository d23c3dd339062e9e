package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An output column of a query or relation, or all columns of a base table whose columns aren't known.
 *
 * @param name folded; {@code null} when the engine chooses it
 * @param complete no other origins are possible
 * @param star the table whose every column this stands for; {@code null} for a single column
 */
record Out(
        @Nullable String name,
        Set<ColumnOrigin> origins,
        boolean complete,
        @Nullable Relation star) {

    static Out column(@Nullable String name, Set<ColumnOrigin> origins, boolean complete) {
        return new Out(name, origins, complete, null);
    }

    static Out all(Relation table) {
        return new Out(null, Set.of(), true, table);
    }

    Out named(@Nullable String newName) {
        return new Out(newName, origins, complete, star);
    }

    /** This column with the origins of {@code other} added. */
    Out plus(Out other) {
        if (other.origins.isEmpty() && other.complete || star != null) {
            return this;
        }
        Set<ColumnOrigin> both = new LinkedHashSet<>(origins);
        both.addAll(other.origins);
        return new Out(name, both, complete && other.complete, null);
    }
}
