package io.sallyport.jdbc.read;

import io.sallyport.core.mask.ColumnMask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;

/**
 * Objects of classes that no mask knows, which H2 keeps in JAVA_OBJECT columns: lists, builders, whatever an application stored. What they say of
 * themselves by {@code toString} need not be what they hold, so that they are looked at as Java serialises them.
 */
final class OpaqueObjects {

    private OpaqueObjects() {}

    /** Whether a mask that left the object as it is finds nothing in what it holds either. */
    static boolean areClear(ColumnMask mask, Object left) {
        return isPlain(left) || left.getClass().isArray() || holdsNothing(mask, left);
    }

    private static boolean isPlain(Object value) {
        return value instanceof Boolean
                || value instanceof Character
                || value instanceof Temporal
                || value instanceof Date
                || value instanceof UUID
                || value instanceof Duration
                || value instanceof Period;
    }

    private static boolean holdsNothing(ColumnMask mask, Object object) {
        ByteArrayOutputStream held = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(held)) {
            out.writeObject(object);
        } catch (IOException | RuntimeException | StackOverflowError unknown) {
            return false;
        }
        byte[] bytes = held.toByteArray();
        return mask.apply(bytes, byte[].class) instanceof byte[] masked && Arrays.equals(masked, bytes);
    }
}
