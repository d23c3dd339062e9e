package io.sallyport.jdbc.postgresql;

import java.lang.reflect.Field;
import org.postgresql.copy.CopyManager;
import org.postgresql.fastpath.Fastpath;

/**
 * The connection that pgjdbc's helpers keep to themselves. A driver version without these fields makes this class unusable, and
 * with it the call sites that need it: they refuse.
 */
final class Inside {

    private static final Field COPY = field(CopyManager.class);
    private static final Field FASTPATH = field(Fastpath.class);
    private static final String EXECUTOR = "queryExecutor";

    private Inside() {}

    static Object connectionOf(CopyManager copy) {
        return read(COPY, copy);
    }

    @SuppressWarnings("deprecation")
    static Object connectionOf(Fastpath fastpath) {
        return read(FASTPATH, fastpath);
    }

    static Object executorOf(Object protocol) {
        return read(field(protocol.getClass(), EXECUTOR), protocol);
    }

    private static Field field(Class<?> helper) {
        return field(helper, "connection");
    }

    private static Field field(Class<?> helper, String name) {
        try {
            Field field = helper.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException unknownVersion) {
            throw new IllegalStateException("this version of pgjdbc is not known", unknownVersion);
        }
    }

    private static Object read(Field field, Object helper) {
        try {
            return field.get(helper);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
