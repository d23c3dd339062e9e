package io.sallyport.jdbc.read;

import io.sallyport.core.mask.ColumnMask;
import java.io.InputStream;
import java.io.Reader;
import java.lang.invoke.MethodType;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Masks what getters of {@code java.sql} return. The core knows the classes of {@code java.base}; JDBC's own are translated to
 * them and back, or replaced by NULL where no masked value of the class can be made.
 */
final class MaskedReads {

    private static final Map<String, Object> ZEROS = Map.of(
            "boolean", false, "byte", (byte) 0, "short", (short) 0, "int", 0, "long", 0L, "float", 0f, "double", 0d);

    private MaskedReads() {}

    static boolean isPrimitive(String returnType) {
        return switch (returnType) {
            case "boolean", "byte", "short", "int", "long", "float", "double" -> true;
            default -> false;
        };
    }

    static Object zero(String returnType) {
        Object zero = ZEROS.get(returnType);
        if (zero == null) {
            throw new IllegalArgumentException(returnType);
        }
        return zero;
    }

    static boolean isZero(Object value) {
        return value instanceof Number number ? number.doubleValue() == 0 : Boolean.FALSE.equals(value);
    }

    /** Whether the last value was NULL, by the driver's own word. */
    static boolean wasNull(ResultSet result) {
        try {
            return result.wasNull();
        } catch (SQLException unknown) {
            return false;
        }
    }

    /** The class given to {@code getObject} as second argument; {@code null} where the getter alone says what the caller receives. */
    static @Nullable Class<?> requested(@Nullable Object second) {
        if (second instanceof Class<?> c) {
            return c.isPrimitive() ? MethodType.methodType(c).wrap().returnType() : c;
        }
        return null;
    }

    /** What a caller receives in place of a text; {@link #apply} for what nearly every masked value is. */
    static @Nullable String text(ColumnMask mask, String value) {
        try {
            return mask.text(value);
        } catch (RuntimeException failed) {
            return null;
        }
    }

    /**
     * What the caller receives in place of {@code value}: fit for {@code requested}, or for the getter that returned
     * {@code value}; {@code null} where no such masked value can be made. Never throws, and never answers the clear value because
     * of a failure.
     *
     * @param returnType name of the type that the getter declares
     * @param carrier the result set or callable statement that was read
     */
    static @Nullable Object apply(
            ColumnMask mask, Object value, @Nullable Class<?> requested, String returnType, Object carrier) {
        try {
            Object masked = translate(mask, value, requested == null ? value.getClass() : requested, carrier);
            boolean fits = requested != null ? requested.isInstance(masked) : fitsGetterOf(value, masked, returnType);
            return fits ? masked : null;
        } catch (SQLException | RuntimeException failed) {
            return null;
        }
    }

    /** A driver's own class of a stream or LOB cannot be made; what the getter declares can, unless it declares that class. */
    private static boolean fitsGetterOf(Object value, @Nullable Object masked, String returnType) {
        if (value.getClass().isInstance(masked)) {
            return true;
        }
        return returnType.startsWith("java.")
                && ((value instanceof Clob && masked instanceof Clob)
                        || (value instanceof Array && masked instanceof Array)
                        || (value instanceof Blob && masked instanceof Blob)
                        || (value instanceof Struct && masked instanceof Struct)
                        || (value instanceof SQLXML && masked instanceof SQLXML)
                        || (value instanceof Map && masked instanceof Map)
                        || (value instanceof InputStream && masked instanceof InputStream)
                        || (value instanceof Reader && masked instanceof Reader));
    }

    private static @Nullable Object translate(ColumnMask mask, Object value, Class<?> requested, Object carrier)
            throws SQLException {
        if (value instanceof String || value instanceof Number) {
            // Most values, and each further question takes its time.
            return isJavaBase(value.getClass()) ? mask.apply(value, requested) : null;
        } else if (value instanceof Timestamp t) {
            return mask.apply(t.toLocalDateTime(), LocalDateTime.class) instanceof LocalDateTime m
                    ? Timestamp.valueOf(m)
                    : null;
        } else if (value instanceof Date d) {
            return mask.apply(d.toLocalDate(), LocalDate.class) instanceof LocalDate m ? Date.valueOf(m) : null;
        } else if (value instanceof Time t) {
            return mask.apply(t.toLocalTime(), LocalTime.class) instanceof LocalTime m ? Time.valueOf(m) : null;
        } else if (value instanceof InputStream) {
            return mask.apply(value, InputStream.class);
        } else if (value instanceof Reader) {
            return mask.apply(value, Reader.class);
        } else if (StructuredReads.are(value)) {
            return StructuredReads.mask(mask, value, carrier);
        } else if (!isJavaBase(value.getClass())) {
            // Vendor objects, row ids, references: what they would still reveal is not known.
            return null;
        }
        Object masked = mask.apply(value, requested);
        return masked != value || OpaqueObjects.areClear(mask, value) ? masked : null;
    }

    private static boolean isJavaBase(Class<?> type) {
        Class<?> c = type;
        while (c.isArray()) {
            c = c.getComponentType();
        }
        return c.getModule() == Object.class.getModule();
    }

    /** A driver's message may quote the value that it could not convert. */
    static void failWithoutValue(Throwable thrown) {
        if (!(thrown instanceof Error)) {
            throw Sneaky.raise(withoutValue(thrown));
        }
    }

    private static Throwable withoutValue(Throwable thrown) {
        if (thrown instanceof SQLException e) {
            return new SQLException(
                    "this column is masked by policy, and its value could not be read as the type that was asked for",
                    e.getSQLState(),
                    e.getErrorCode());
        }
        if (thrown instanceof RuntimeException) {
            return new SQLException("this column is masked by policy, and reading it failed", "22000");
        }
        return thrown;
    }
}
