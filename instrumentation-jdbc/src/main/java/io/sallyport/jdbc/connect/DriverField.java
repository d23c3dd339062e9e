package io.sallyport.jdbc.connect;

import java.lang.reflect.Field;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field of drivers' objects that no method of theirs tells, or one that is for the driver's own classes only. Looked up once for each class, since
 * some are asked for at each prepare.
 */
public final class DriverField {

    private final String name;
    private final ClassValue<Optional<Field>> declared = new ClassValue<>() {
        @Override
        protected Optional<Field> computeValue(Class<?> type) {
            return Optional.ofNullable(find(type));
        }
    };

    public DriverField(String name) {
        this.name = name;
    }

    /** What the field holds, of the object's class or the nearest superclass that declares one; {@code null} where there is none. */
    public @Nullable Object of(@Nullable Object carrier) {
        Field field = carrier == null ? null : declared.get(carrier.getClass()).orElse(null);
        try {
            return field == null ? null : field.get(carrier);
        } catch (IllegalAccessException impossible) {
            return null;
        }
    }

    private @Nullable Field find(Class<?> carrier) {
        for (Class<?> type = carrier; type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField(name);
                field.setAccessible(true);
                return field;
            } catch (NoSuchFieldException above) {
                // Then a superclass may declare it.
            } catch (RuntimeException closed) {
                return null;
            }
        }
        return null;
    }
}
