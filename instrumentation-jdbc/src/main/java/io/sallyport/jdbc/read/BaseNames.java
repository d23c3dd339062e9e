package io.sallyport.jdbc.read;

import io.sallyport.jdbc.state.ConnectionState;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a result's metadata say of the stored columns that it shows. */
public final class BaseNames {

    private BaseNames() {}

    /** The schema of a column's table; MySQL's drivers call it a catalogue unless they are told otherwise. */
    public static @Nullable String schema(ResultSetMetaData about, int column, ConnectionState connection)
            throws SQLException {
        String schema = emptyToNull(about.getSchemaName(column));
        return schema == null && connection.isMysql() ? emptyToNull(about.getCatalogName(column)) : schema;
    }

    static @Nullable String emptyToNull(@Nullable String name) {
        return name == null || name.isEmpty() ? null : name;
    }
}
