package io.sallyport.core.sql;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A base column whose value is copied into, or used to compute, an output column.
 *
 * @param schema schema, folded by the dialect; {@code null} where unknown
 * @param table base table, folded
 * @param column column, folded; {@link #WHOLE_ROW} for a reference to the whole row
 * @param computed {@code false} only where the value is the column's own, unchanged: of anything else a mask that keeps a part of the
 *     value would keep parts that it must hide
 */
public record ColumnOrigin(@Nullable String schema, String table, String column, boolean computed) {

    /** Column name that stands for every column of the table. */
    public static final String WHOLE_ROW = "*";

    /**
     * Column name of a table's new name: each column of the table that is written comes from the column of its own name in the table
     * that is read.
     */
    public static final String SAME = "=";

    /** Column name of a table that is made like another and empty: its generated columns compute what the other's do. */
    public static final String ALIKE = "~";

    /** Any column of any table: where it is not known what a relation or a function shows. */
    public static final ColumnOrigin ANYTHING = new ColumnOrigin(null, "*", WHOLE_ROW, true);

    private static final String FUNCTION = "<function>";

    /** What a function of the user's returns, until it is looked into. */
    public static ColumnOrigin function(String name) {
        return new ColumnOrigin(null, FUNCTION, "<" + name + ">", true);
    }

    // Spelled out, since it is compared while a JVM starts: see FactCondition.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ColumnOrigin that
                && computed == that.computed
                && column.equals(that.column)
                && table.equals(that.table)
                && Objects.equals(schema, that.schema);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * Objects.hashCode(schema) + table.hashCode()) + column.hashCode())
                + Boolean.hashCode(computed);
    }

    boolean isFunction() {
        return table.equals(FUNCTION);
    }

    /** A column whose value is copied. */
    public ColumnOrigin(@Nullable String schema, String table, String column) {
        this(schema, table, column, false);
    }

    /** The same column, from whose value another one is computed. */
    public ColumnOrigin asComputed() {
        return computed ? this : new ColumnOrigin(schema, table, column, true);
    }

    /** The column itself, whatever is made of its value. */
    public ColumnOrigin plain() {
        return computed ? new ColumnOrigin(schema, table, column, false) : this;
    }
}
