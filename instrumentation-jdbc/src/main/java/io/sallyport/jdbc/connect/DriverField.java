package io.sallyport.jdbc.connect;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Fields of drivers' objects that no method of theirs tells, or one that is for the driver's own classes only. */
public final class DriverField {

    private DriverField() {}

    /** What the field of that name holds, of the object's class or the nearest superclass that declares one; {@code null} where there is none. */
    public static @Nullable Object of(Object carrier, String name) {
        for (Class<?> type = carrier.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField(name);
                field.setAccessible(true);
                return field.get(carrier);
            } catch (NoSuchFieldException above) {
                // Then a superclass may declare it.
            } catch (ReflectiveOperationException | RuntimeException another) {
                return null;
            }
        }
        return null;
    }
}
