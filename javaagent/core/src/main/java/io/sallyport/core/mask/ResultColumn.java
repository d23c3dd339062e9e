package io.sallyport.core.mask;

import org.jspecify.annotations.Nullable;

/**
 * A column of a result set as the driver describes it.
 *
 * @param label column label ({@code ResultSetMetaData.getColumnLabel})
 * @param baseSchema base schema where the driver knows it without asking the server; else {@code null}
 * @param baseTable base table, likewise
 * @param baseColumn base column, likewise
 * @param type what its values may be, likewise
 */
public record ResultColumn(
        String label,
        @Nullable String baseSchema,
        @Nullable String baseTable,
        @Nullable String baseColumn,
        ColumnType type) {

    /** A column of which only names are known. */
    public ResultColumn(
            String label, @Nullable String baseSchema, @Nullable String baseTable, @Nullable String baseColumn) {
        this(label, baseSchema, baseTable, baseColumn, ColumnType.UNKNOWN);
    }
}
