package io.sallyport.controlplane.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.sallyport.protocol.Wire;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes the column forms that this schema uses beyond plain text and numbers. */
public final class Columns {

    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    /** A list or map as JSON text. */
    public static String json(Object value) {
        return Wire.write(value);
    }

    public static List<String> names(ResultSet row, String column) throws SQLException {
        return read(row, column, NAMES);
    }

    public static Map<String, String> labels(ResultSet row, String column) throws SQLException {
        return read(row, column, LABELS);
    }

    public static <T> T read(ResultSet row, String column, TypeReference<T> type) throws SQLException {
        try {
            return Wire.json().readValue(row.getString(column), type);
        } catch (JsonProcessingException e) {
            throw new SQLException("column " + column + " holds damaged JSON", e);
        }
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime stored = row.getObject(column, OffsetDateTime.class);
        return stored == null ? null : stored.toInstant();
    }

    private Columns() {}
}
