package io.sallyport.core.sql;

import org.jspecify.annotations.Nullable;

/**
 * A base column whose value is copied into, or used to compute, an output column.
 *
 * @param schema schema, folded by the dialect; {@code null} where unknown
 * @param table base table, folded
 * @param column column, folded; {@link #WHOLE_ROW} for a reference to the whole row
 */
public record ColumnOrigin(@Nullable String schema, String table, String column) {

    /** Column name that stands for every column of the table. */
    public static final String WHOLE_ROW = "*";

    /**
     * Column name of a table's new name: each column of the table that is written comes from the column of its own name in the table
     * that is read.
     */
    public static final String SAME = "=";

    /** Any column of any table: where it is not known what a relation or a function shows. */
    public static final ColumnOrigin ANYTHING = new ColumnOrigin(null, "*", WHOLE_ROW);
}
