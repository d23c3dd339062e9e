package io.sallyport.jdbc.read;

import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.jdbc.postgresql.VendorValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Masks values that hold others. What comes out is of the driver's own class where the connection makes such objects; a value that a mask
 * leaves as it is stays the object that the driver made.
 */
final class StructuredReads {

    /** LOBs up to this many characters or bytes are masked as what they hold, longer ones as a stream. */
    private static final int LONGEST = 32 * 1024;

    private static final int LONGEST_LOB = 16 << 20;
    private static final int DEEPEST = 32;

    private StructuredReads() {}

    static boolean are(Object value) {
        return value instanceof Array
                || value instanceof Clob
                || value instanceof Blob
                || value instanceof Struct
                || value instanceof SQLXML
                || value instanceof Map
                || VendorValues.are(value);
    }

    /** @param carrier the result set or callable statement that was read */
    static @Nullable Object mask(ColumnMask mask, Object value, Object carrier) throws SQLException {
        if (value instanceof Clob clob) {
            return clob(mask, clob);
        } else if (value instanceof Array array) {
            return array(mask, array, carrier);
        } else if (value instanceof Blob blob) {
            return blob(mask, blob, carrier);
        } else if (value instanceof Struct struct) {
            return struct(mask, struct, carrier);
        } else if (value instanceof SQLXML xml) {
            return xml(mask, xml, carrier);
        } else if (value instanceof Map<?, ?> map) {
            return map(mask, map);
        }
        return VendorValues.mask(mask, value);
    }

    private static @Nullable Object array(ColumnMask mask, Array clear, Object carrier) throws SQLException {
        Object elements = clear.getArray();
        if (elements == null || !elements.getClass().isArray()) {
            return null;
        }
        String type = clear.getBaseTypeName();
        Elements masked = new Elements(mask, type, carrier);
        Object copy = masked.copy(elements, 0);
        if (!masked.changed) {
            return clear;
        }
        Connection connection = connection(carrier);
        if (copy instanceof Object[] objects && connection != null) {
            for (Object[] given : new Object[][] {objects, (Object[]) texts(objects)}) {
                try {
                    Array made = connection.createArrayOf(type, given);
                    if (made != null && sameShape(made.getArray(), copy)) {
                        return made;
                    }
                } catch (SQLException | RuntimeException notThisWay) {
                    continue;
                }
            }
        }
        return new MaskedArray(clear.getBaseType(), type, copy);
    }

    private static boolean sameShape(@Nullable Object made, Object wanted) {
        return made != null
                && made.getClass() == wanted.getClass()
                && java.lang.reflect.Array.getLength(made) == java.lang.reflect.Array.getLength(wanted);
    }

    private static Object texts(Object[] elements) {
        Object[] texts = elements instanceof Object[][] ? new Object[elements.length][] : new String[elements.length];
        for (int i = 0; i < elements.length; i++) {
            Object element = elements[i];
            texts[i] = element instanceof Object[] inner ? texts(inner) : element == null ? null : element.toString();
        }
        return texts;
    }

    /** Masks the elements of an array into another of the same class. */
    private static final class Elements {
        private final ColumnMask mask;
        private final String type;
        private final Object carrier;
        boolean changed;

        /** @param type name of the elements' type; empty where they have several */
        Elements(ColumnMask mask, String type, Object carrier) {
            this.mask = mask;
            this.type = type;
            this.carrier = carrier;
        }

        Object copy(Object array, int depth) {
            int length = java.lang.reflect.Array.getLength(array);
            Class<?> component = array.getClass().getComponentType();
            Object copy = java.lang.reflect.Array.newInstance(component, length);
            for (int i = 0; i < length; i++) {
                Object element = java.lang.reflect.Array.get(array, i);
                Object masked = element == null || depth > DEEPEST ? null : leaf(element, depth);
                changed |= masked != element;
                if (masked != null && (component.isPrimitive() || component.isInstance(masked))) {
                    java.lang.reflect.Array.set(copy, i, masked);
                }
            }
            return copy;
        }

        private @Nullable Object leaf(Object element, int depth) {
            if (element.getClass().isArray() && !(element instanceof byte[])) {
                boolean before = changed;
                changed = false;
                Object copy = copy(element, depth + 1);
                Object result = changed ? copy : element;
                changed |= before;
                return result;
            }
            Object masked = MaskedReads.apply(mask, element, null, "java.lang.Object", carrier);
            if (element instanceof String text && masked instanceof String m) {
                masked = VendorValues.legalText(type, text, m);
            }
            // The same value in another object is no change, or every number would be one.
            return element.equals(masked) ? element : masked;
        }
    }

    private static @Nullable Object struct(ColumnMask mask, Struct clear, Object carrier) throws SQLException {
        Elements masked = new Elements(mask, "", carrier);
        Object[] attributes = (Object[]) masked.copy(clear.getAttributes(), 0);
        Connection connection = connection(carrier);
        if (!masked.changed) {
            return clear;
        }
        return connection == null ? null : connection.createStruct(clear.getSQLTypeName(), attributes);
    }

    /** A driver reads some of these objects once only, so that what is handed out is always another one. */
    private static @Nullable Object xml(ColumnMask mask, SQLXML clear, Object carrier) throws SQLException {
        String text = clear.getString();
        Object masked = text == null ? null : mask.apply(text, String.class);
        Connection connection = connection(carrier);
        if (!(masked instanceof String m) || connection == null) {
            return null;
        }
        SQLXML made = connection.createSQLXML();
        made.setString(m.equals(text) ? m : document(m));
        return made;
    }

    private static String document(String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;");
        return "<masked>" + escaped.replaceAll("[\\p{Cntrl}&&[^\t\r\n]]", "") + "</masked>";
    }

    private static @Nullable Object clob(ColumnMask mask, Clob clear) throws SQLException {
        Object masked;
        if (clear.length() <= LONGEST) {
            String text = clear.getSubString(1, (int) clear.length());
            masked = mask.apply(text, String.class);
            if (text.equals(masked)) {
                return clear;
            }
        } else {
            masked = mask.apply(clear.getCharacterStream(), Reader.class) instanceof Reader reader ? all(reader) : null;
        }
        return masked instanceof String m ? new MaskedClob(m) : null;
    }

    private static @Nullable String all(Reader reader) {
        StringBuilder text = new StringBuilder();
        char[] chunk = new char[8192];
        try (reader) {
            for (int n = reader.read(chunk); n >= 0; n = reader.read(chunk)) {
                text.append(chunk, 0, n);
                if (text.length() > LONGEST_LOB) {
                    return null;
                }
            }
            return text.toString();
        } catch (IOException unreadable) {
            return null;
        }
    }

    private static @Nullable Object blob(ColumnMask mask, Blob clear, Object carrier) throws SQLException {
        if (clear.length() > LONGEST_LOB) {
            return null;
        }
        byte[] bytes = clear.getBytes(1, (int) clear.length());
        Object masked = bytes.length <= LONGEST
                ? mask.apply(bytes, byte[].class)
                : mask.apply(new java.io.ByteArrayInputStream(bytes), InputStream.class);
        byte[] result = masked instanceof InputStream stream ? all(stream) : masked instanceof byte[] b ? b : null;
        if (result == null || java.util.Arrays.equals(result, bytes)) {
            return result == null ? null : clear;
        }
        Connection connection = connection(carrier);
        Blob made = connection == null ? null : connection.createBlob();
        if (made != null) {
            made.setBytes(1, result);
        }
        return made;
    }

    private static byte @Nullable [] all(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** PostgreSQL's hstore. Names stay, as those of a JSON document in a column do, unless a detector finds something in them. */
    private static Object map(ColumnMask mask, Map<?, ?> clear) {
        Map<Object, @Nullable Object> masked = new HashMap<>();
        boolean changed = false;
        for (Map.Entry<?, ?> entry : clear.entrySet()) {
            Object value = entry.getValue();
            Object hidden = value == null ? null : mask.apply(value, value.getClass());
            changed |= hidden != value && !(value != null && value.equals(hidden));
            Object key = entry.getKey();
            if (key instanceof String name
                    && !Detectors.standard().find(name, "").isEmpty()) {
                key = "***" + masked.size();
                changed = true;
            }
            masked.put(key, hidden);
        }
        return changed ? masked : clear;
    }

    /** {@code null} where it is not told. */
    static @Nullable Connection connection(Object carrier) {
        try {
            return carrier instanceof ResultSet result
                    ? result.getStatement().getConnection()
                    : carrier instanceof CallableStatement call ? call.getConnection() : null;
        } catch (SQLException | RuntimeException unknown) {
            return null;
        }
    }
}
