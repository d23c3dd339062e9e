package io.sallyport.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;

/** A row with a column of every type of H2, read by every public getter of its result set in every form. */
final class Readings {

    /** Labels of the columns, in lower case. */
    static final List<String> LABELS = List.of(
            "c_int", "c_big", "c_dec", "c_dbl", "c_bool", "c_text", "c_num", "c_date", "c_time", "c_ts", "c_tz",
            "c_bin", "c_clob", "c_blob", "c_uuid", "c_json", "c_arr", "c_null");

    private static final String CREATE =
            "CREATE TABLE v (c_int INT, c_big BIGINT, c_dec DECIMAL(12,2), c_dbl DOUBLE, c_bool BOOLEAN,"
                    + " c_text VARCHAR(40), c_num VARCHAR(40), c_date DATE, c_time TIME, c_ts TIMESTAMP, c_tz TIMESTAMP WITH TIME ZONE,"
                    + " c_bin VARBINARY(40), c_clob CLOB, c_blob BLOB, c_uuid UUID, c_json JSON, c_arr VARCHAR(10) ARRAY, c_null VARCHAR(10))";
    private static final String INSERT =
            "INSERT INTO v VALUES (4111, 41110000, 4111.25, 4111.5, TRUE, 'secret 4111', '4111',"
                    + " DATE '2026-04-11', TIME '04:11:00', TIMESTAMP '2026-04-11 04:11:00', TIMESTAMP WITH TIME ZONE '2026-04-11 04:11:00+00',"
                    + " X'34313131', 'secret 4111 clob', X'3431313134313131', '41114111-4111-4111-8111-411141114111', JSON '{\"n\":4111}',"
                    + " ARRAY['4111'], NULL)";

    private Readings() {}

    static void prepare(Connection connection) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(CREATE);
            s.execute(INSERT);
        }
    }

    /** What each getter shows, and what {@code wasNull} says afterwards, by getter and column. */
    static Map<String, String> of(Connection connection) throws Exception {
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("SELECT * FROM v")) {
            rows.next();
            return of(rows, LABELS);
        }
    }

    /** The same of the row that {@code rows} stands on, whatever driver it comes from. */
    static Map<String, String> of(ResultSet rows, List<String> labels) throws Exception {
        Map<String, String> readings = new TreeMap<>();
        for (int i = 1; i <= labels.size(); i++) {
            for (Method m : columnGetters(rows.getClass())) {
                Object column = m.getParameterTypes()[0] == int.class ? (Object) i : labels.get(i - 1);
                for (Object[] rest : restOf(m)) {
                    String key = m + " of " + labels.get(i - 1) + " "
                            + (rest.length == 0 || rest[0] instanceof Calendar ? "" : rest[0]);
                    readings.put(key, outcome(rows, m, column, rest) + " (wasNull " + rows.wasNull() + ")");
                }
            }
        }
        return readings;
    }

    static List<Method> columnGetters(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(m -> m.getName().startsWith("get") && m.getParameterCount() > 0)
                .filter(m -> m.getParameterTypes()[0] == int.class || m.getParameterTypes()[0] == String.class)
                .toList();
    }

    static List<Object[]> restOf(Method m) {
        if (m.getParameterCount() == 1) {
            return List.<Object[]>of(new Object[0]);
        }
        Class<?> second = m.getParameterTypes()[1];
        if (m.getParameterCount() == 3) {
            // Connector/J's getObjectStoredProc(column, type map, type).
            return List.<Object[]>of(new Object[] {Map.of(), java.sql.Types.VARCHAR});
        }
        if (second == int.class) {
            return List.<Object[]>of(new Object[] {2});
        } else if (second == Map.class) {
            return List.<Object[]>of(new Object[] {Map.of()});
        } else if (second == Calendar.class) {
            return List.<Object[]>of(new Object[] {Calendar.getInstance(TimeZone.getTimeZone("UTC"))});
        }
        List<Object[]> classes = new ArrayList<>();
        for (Class<?> c : List.of(
                String.class,
                Integer.class,
                Long.class,
                BigDecimal.class,
                Boolean.class,
                byte[].class,
                Object.class,
                java.time.LocalDate.class,
                java.time.LocalDateTime.class,
                java.time.LocalTime.class,
                java.time.Instant.class,
                java.time.OffsetDateTime.class,
                java.util.UUID.class,
                java.util.Date.class,
                java.sql.Date.class,
                java.sql.Timestamp.class,
                java.sql.Time.class,
                Clob.class,
                Blob.class,
                Array.class,
                Object[].class)) {
            classes.add(new Object[] {c});
        }
        return classes;
    }

    /** What a caller sees, fully read, as text. */
    static String outcome(ResultSet rows, Method m, Object column, Object[] rest) throws Exception {
        m.setAccessible(true);
        Object[] arguments = new Object[rest.length + 1];
        arguments[0] = column;
        System.arraycopy(rest, 0, arguments, 1, rest.length);
        try {
            return shown(m.invoke(rows, arguments));
        } catch (SQLException onUse) {
            return "SQLException on use " + onUse.getSQLState();
        } catch (InvocationTargetException e) {
            return e.getCause() instanceof SQLException s
                    ? "SQLException " + s.getSQLState() + " " + s.getErrorCode()
                    : "" + e.getCause();
        }
    }

    private static String shown(Object value) throws Exception {
        // H2 numbers its LOB objects.
        return text(value).replaceAll("\\b([cb]lob)\\d+", "$1");
    }

    private static String text(Object value) throws Exception {
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } else if (value instanceof InputStream in) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } else if (value instanceof Reader reader) {
            java.io.StringWriter text = new java.io.StringWriter();
            reader.transferTo(text);
            return text.toString();
        } else if (value instanceof Clob clob) {
            return clob.getSubString(1, (int) clob.length());
        } else if (value instanceof Blob blob) {
            return new String(blob.getBytes(1, (int) blob.length()), StandardCharsets.ISO_8859_1);
        } else if (value instanceof Array array) {
            return Arrays.deepToString(new Object[] {array.getArray()});
        } else if (value instanceof Object[] array) {
            return Arrays.deepToString(array);
        } else if (value instanceof SQLXML xml) {
            return xml.getString();
        }
        return String.valueOf(value);
    }
}
