package io.example.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ways to read the first column of a row. */
final class Getters {

    interface Getter {
        Object read(ResultSet rows) throws SQLException;
    }

    static final Map<String, Getter> ALL = new LinkedHashMap<>();

    static {
        ALL.put("getString", r -> r.getString(1));
        ALL.put("getStringByLabel", r -> r.getString(r.getMetaData().getColumnLabel(1)));
        ALL.put("getObject", r -> r.getObject(1));
        ALL.put("getObjectAsString", r -> r.getObject(1, String.class));
        ALL.put("getNString", r -> r.getNString(1));
        ALL.put("getBytes", r -> r.getBytes(1));
        ALL.put("getCharacterStream", r -> r.getCharacterStream(1));
        ALL.put("getAsciiStream", r -> r.getAsciiStream(1));
        ALL.put("getBinaryStream", r -> r.getBinaryStream(1));
        ALL.put("getInt", r -> r.getInt(1));
        ALL.put("getLong", r -> r.getLong(1));
        ALL.put("getDouble", r -> r.getDouble(1));
        ALL.put("getBigDecimal", r -> r.getBigDecimal(1));
        ALL.put("getBoolean", r -> r.getBoolean(1));
        ALL.put("getDate", r -> r.getDate(1));
        ALL.put("getTimestamp", r -> r.getTimestamp(1));
        ALL.put("getObjectAsDecimal", r -> r.getObject(1, BigDecimal.class));
    }

    private Getters() {}

    /** The value with its type and {@code wasNull}, or the failure with all that a caller could look at. */
    static String read(Getter getter, ResultSet rows) {
        try {
            Object value = getter.read(rows);
            String type = value == null ? "null" : value.getClass().getName();
            return type + " " + text(value) + " wasNull=" + rows.wasNull();
        } catch (SQLException e) {
            return "failed " + e.getClass().getName() + " " + e.getSQLState() + " " + e.getMessage();
        } catch (IOException | RuntimeException e) {
            return "broke " + e;
        }
    }

    private static String text(Object value) throws IOException {
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (value instanceof Reader reader) {
            StringBuilder all = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                all.append((char) c);
            }
            return all.toString();
        }
        if (value instanceof InputStream in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return String.valueOf(value);
    }
}
