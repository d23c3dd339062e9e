package io.sallyport.jdbc.execute;

import io.sallyport.core.command.ParameterHead;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.SQLXML;

/** A bound {@code Clob}, {@code Blob} or {@code SQLXML} in the list of parameters; the driver gets the object itself. */
record LargeObject(Object bound) implements ParameterHead {

    static boolean is(Object value) {
        Class<?> type = value.getClass();
        if (type == String.class || type == Integer.class || type == Long.class) {
            // What is bound most: HotSpot looks for an interface that a class lacks among all that it has, some 5 ns
            // each.
            return false;
        }
        return value instanceof Clob || value instanceof Blob || value instanceof SQLXML xml && isReadAgain(xml);
    }

    /** By JDBC 4.3 section 16.10 one may be read once; these drivers have read it when it was set, or give it again. */
    private static boolean isReadAgain(SQLXML xml) {
        String name = xml.getClass().getName();
        return name.startsWith("org.postgresql.") || name.startsWith("org.h2.") || name.startsWith("com.mysql.");
    }

    @Override
    public boolean isKept() {
        return true;
    }

    /** The object where it cannot be looked at, since somebody has freed it. */
    @Override
    public Object head() {
        try {
            if (bound instanceof Clob clob) {
                return clob.getSubString(1, (int) Math.min(clob.length(), MOST));
            }
            if (bound instanceof Blob blob) {
                return blob.getBytes(1, (int) Math.min(blob.length(), MOST));
            }
            return ((SQLXML) bound).getString();
        } catch (SQLException | RuntimeException freed) {
            return bound;
        }
    }
}
