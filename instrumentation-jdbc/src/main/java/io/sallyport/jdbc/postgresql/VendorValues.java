package io.sallyport.jdbc.postgresql;

import io.sallyport.core.mask.ColumnMask;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that pgjdbc hands out as {@code PGobject}s, worked on by their public methods: each application has its own class of the name. A masked one is a new object of the same class and type whose text the type admits: a
 * document stays a document, text is masked as text, and every other type has a neutral value.
 */
public final class VendorValues {

    private static final String BASE = "org.postgresql.util.PGobject";

    /** The value of each type that says nothing. */
    private static final Map<String, String> NEUTRAL = Map.ofEntries(
            Map.entry("inet", "0.0.0.0"),
            Map.entry("cidr", "0.0.0.0/0"),
            Map.entry("macaddr", "00:00:00:00:00:00"),
            Map.entry("macaddr8", "00:00:00:00:00:00:00:00"),
            Map.entry("interval", "00:00:00"),
            Map.entry("point", "(0,0)"),
            Map.entry("line", "{1,0,0}"),
            Map.entry("lseg", "[(0,0),(0,0)]"),
            Map.entry("box", "(0,0),(0,0)"),
            Map.entry("path", "[(0,0)]"),
            Map.entry("polygon", "((0,0))"),
            Map.entry("circle", "<(0,0),0>"),
            Map.entry("money", "$0.00"),
            Map.entry("uuid", "00000000-0000-0000-0000-000000000000"),
            Map.entry("tsvector", ""),
            Map.entry("tsquery", ""),
            Map.entry("hstore", ""),
            Map.entry("jsonpath", "$"),
            Map.entry("pg_lsn", "0/0"));

    private VendorValues() {}

    /** Whether {@code value} is one of them. */
    public static boolean are(Object value) {
        for (Class<?> c = value.getClass(); c != null; c = c.getSuperclass()) {
            if (c.getName().equals(BASE)) {
                return true;
            }
        }
        return false;
    }

    /** @return {@code value} itself where the mask leaves its text as it is; {@code null} where no legal masked value can be made */
    public static @Nullable Object mask(ColumnMask mask, Object value) {
        try {
            Class<?> type = value.getClass();
            if (!(type.getMethod("getValue").invoke(value) instanceof String text)) {
                return value;
            }
            Object masked = mask.apply(text, String.class);
            if (text.equals(masked)) {
                return value;
            }
            String name = type.getMethod("getType").invoke(value) instanceof String s ? s : "";
            String legal = masked instanceof String m ? legal(name.toLowerCase(Locale.ROOT), text, m) : null;
            if (legal == null) {
                return null;
            }
            Object made = type.getConstructor().newInstance();
            type.getMethod("setType", String.class).invoke(made, name);
            type.getMethod("setValue", String.class).invoke(made, legal);
            return made;
        } catch (ReflectiveOperationException cannotBeMade) {
            return null;
        }
    }

    /** What stands for a text of the named type: arrays of documents, addresses and the like come as text. */
    public static String legalText(String type, String clear, String masked) {
        String legal = legal(type.toLowerCase(Locale.ROOT), clear, masked);
        return legal == null || clear.equals(masked) ? masked : legal;
    }

    private static @Nullable String legal(String type, String clear, String masked) {
        String name = type.startsWith("pg_catalog.") ? type.substring("pg_catalog.".length()) : type;
        String neutral = NEUTRAL.get(name);
        if (neutral != null) {
            return neutral;
        } else if (name.equals("json") || name.equals("jsonb")) {
            return isDocument(clear) && isDocument(masked) ? masked : quoted(masked);
        } else if (name.equals("bit") || name.equals("varbit")) {
            return "0".repeat(clear.length());
        } else if (name.endsWith("multirange")) {
            return "{}";
        } else if (name.endsWith("range")) {
            return "empty";
        } else if (name.equals("citext") || name.equals("name") || name.equals("bpchar")) {
            return masked;
        }
        return clear.startsWith("(") && clear.endsWith(")") ? rowOfNulls(clear) : null;
    }

    private static boolean isDocument(String text) {
        return text.startsWith("{") || text.startsWith("[");
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\');
            }
            json.append(c < ' ' ? ' ' : c);
        }
        return json.append('"').toString();
    }

    /** A composite value of as many fields, all NULL. */
    private static String rowOfNulls(String clear) {
        StringBuilder row = new StringBuilder("(");
        boolean quoted = false;
        for (int i = 1; i < clear.length() - 1; i++) {
            char c = clear.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                row.append(',');
            }
        }
        return row.append(')').toString();
    }
}
