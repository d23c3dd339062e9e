package io.sallyport.core.sql;

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
}
