package io.sallyport.jdbc.pool;

import java.lang.reflect.Method;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A timeout of a pool, read by the pool's public getter when somebody wants to know.
 *
 * @param name as the pool's documentation has it
 * @param getter answers a {@link Number} of {@code unit}; zero and less mean none
 * @param onlyIf getters of which one must answer {@code true}; none where the timeout always counts
 * @param then what happens when it is over
 */
record PoolSetting(String name, String getter, ChronoUnit unit, String[] onlyIf, String then) {

    /** Others want a connection, and there is none. */
    static PoolSetting borrowing(String name, String getter, ChronoUnit unit) {
        return new PoolSetting(name, getter, unit, new String[0], "other callers fail that find no free connection");
    }

    /** The pool takes the connection from who holds it. */
    static PoolSetting abandoning(String name, String getter, ChronoUnit unit, String... onlyIf) {
        return new PoolSetting(name, getter, unit, onlyIf, "the pool closes the connection under this call");
    }

    /** The pool tells somebody. */
    static PoolSetting reporting(String name, String getter, ChronoUnit unit) {
        return new PoolSetting(name, getter, unit, new String[0], "the pool reports a leak");
    }

    /** The pool replaces the connection when it comes back. */
    static PoolSetting retiring(String name, String getter, ChronoUnit unit) {
        return new PoolSetting(
                name,
                getter,
                unit,
                new String[0],
                "the connection has outlived its time and is replaced when it comes back");
    }

    /** The timeout as {@code pool} has it now; {@code null} for none. */
    @Nullable
    Duration of(Object pool) throws ReflectiveOperationException {
        if (onlyIf.length > 0 && !isOneTrue(pool)) {
            return null;
        }
        return answer(pool, getter) instanceof Number n && n.longValue() > 0 ? Duration.of(n.longValue(), unit) : null;
    }

    private boolean isOneTrue(Object pool) throws ReflectiveOperationException {
        for (String condition : onlyIf) {
            if (Boolean.TRUE.equals(answer(pool, condition))) {
                return true;
            }
        }
        return false;
    }

    static @Nullable Object answer(Object object, String getter) throws ReflectiveOperationException {
        Method method = object.getClass().getMethod(getter);
        return method.invoke(object);
    }
}
