package io.sallyport.core.sql;

import java.util.Set;

/**
 * Columns that decide which rows a statement returns or changes, how they are grouped or in what order they come, whether or not they
 * are output themselves: who may ask {@code WHERE ssn LIKE '1%'} can find a value that no output shows.
 *
 * @param columns base columns
 * @param complete {@code false} where further columns of the statement's tables are possible
 */
public record Influences(Set<ColumnOrigin> columns, boolean complete) {
    public static final Influences NONE = new Influences(Set.of(), true);

    /** Of a text whose clauses could not be read. */
    public static final Influences UNKNOWN = new Influences(Set.of(), false);

    public Influences {
        columns = Set.copyOf(columns);
    }
}
