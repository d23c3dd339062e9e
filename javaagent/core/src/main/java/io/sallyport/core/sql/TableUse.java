package io.sallyport.core.sql;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A base table (or view) that a statement reads or writes.
 *
 * @param schema schema as written, folded by the dialect; {@code null} where the statement names none
 * @param table table name, folded by the dialect
 */
public record TableUse(@Nullable String schema, String table, Access access) {

    /** How the table is used. A table that is read and written occurs twice. */
    public enum Access {
        READ,
        WRITE
    }

    // Spelled out, since it is compared while a JVM starts: see FactCondition.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TableUse that
                && access == that.access
                && table.equals(that.table)
                && Objects.equals(schema, that.schema);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Objects.hashCode(schema) + table.hashCode()) + access.hashCode();
    }
}
