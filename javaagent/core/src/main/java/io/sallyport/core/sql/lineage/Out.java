package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An output column of a query or relation, or an unknown number of them.
 *
 * @param name folded; {@code null} when the engine chooses it
 * @param complete no other origins are possible
 * @param star the base table whose every column this stands for, since they aren't known; {@code null} otherwise
 * @param many stands for an unknown number of columns, each of which may have these origins
 * @param copied the value is a base column's as it is, so that counting it or asking whether it's NULL tells nothing of it
 * @param row the value is or holds a whole row, which some functions turn into as many columns as it has
 * @param fields of the row that the value is, in order; {@code null} where it is none or they are not known
 */
record Out(
        @Nullable String name,
        Set<ColumnOrigin> origins,
        boolean complete,
        @Nullable Relation star,
        boolean many,
        boolean copied,
        boolean row,
        @Nullable List<Out> fields) {

    /** A computed column. */
    static Out column(@Nullable String name, Set<ColumnOrigin> origins, boolean complete) {
        return new Out(name, origins, complete, null, false, false, false, null);
    }

    /** A column of a base table. */
    static Out base(ColumnOrigin column) {
        return new Out(column.column(), Set.of(column), true, null, false, true, false, null);
    }

    static Out all(Relation table) {
        return new Out(null, Set.of(), true, table, false, true, false, null);
    }

    /** An unknown number of columns, each with the origins of this. */
    Out repeated() {
        return new Out(null, origins, complete, star, star == null, copied, row, null);
    }

    /** Whether it can't be told how many columns this is. */
    boolean isOpen() {
        return star != null || many;
    }

    Out named(@Nullable String newName) {
        return new Out(newName, origins, complete, star, many, copied, row, fields);
    }

    Out withFields(@Nullable List<Out> known) {
        return known == null ? this : new Out(name, origins, complete, star, many, copied, row, known);
    }

    /** This column with the origins of {@code other} added. */
    Out plus(Out other) {
        if (other.origins.isEmpty() && other.complete && !other.row || star != null) {
            return this;
        }
        Set<ColumnOrigin> both = new LinkedHashSet<>(origins);
        both.addAll(other.origins);
        return new Out(
                name, both, complete && other.complete, null, many, copied && other.copied, row || other.row, null);
    }

    /** Whether both say the same; tables count by name. */
    boolean isLike(Out other) {
        Relation one = star;
        Relation two = other.star;
        boolean stars = one == null || two == null ? one == two : one.isLike(two);
        return stars && named(null).withoutStar().equals(other.named(null).withoutStar());
    }

    private Out withoutStar() {
        return new Out(name, origins, complete, null, many, copied, row, null);
    }
}
