package io.sallyport.jdbc.connect;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Data sources that open connections themselves. Their URL is a bean property. */
public final class DataSources {

    private DataSources() {}

    /** @param arguments user and password, or nothing */
    public static @Nullable Object enter(Object source, Object[] arguments) throws SQLException {
        Properties info = properties(source);
        Object user = arguments.length >= 2 ? arguments[0] : property(source, "getUser");
        if (user instanceof String name) {
            info.setProperty("user", name);
        }
        return ConnectFlow.enterUrl((String) property(source, "getURL"), info);
    }

    /** The data source has opened what it hands out now, or failed to. */
    public static void exit(@Nullable Object token, @Nullable Object returned, @Nullable Throwable thrown)
            throws SQLException {
        ConnectFlow.exit(token, H2Engine.physical(returned), thrown);
    }

    /** What {@code SQLServerDataSource} collects from its setters; it has no getter for all of them. */
    private static Properties properties(Object source) {
        Properties copy = new Properties();
        for (Class<?> type = source.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField("connectionProps");
                field.setAccessible(true);
                if (field.get(source) instanceof Properties own) {
                    own.stringPropertyNames().forEach(name -> copy.setProperty(name, own.getProperty(name)));
                }
            } catch (NoSuchFieldException inAnotherClass) {
                continue;
            } catch (IllegalAccessException | RuntimeException closed) {
                // Read as if nothing were set: the connection is judged by its least.
                return copy;
            }
        }
        return copy;
    }

    private static @Nullable Object property(Object bean, String getter) {
        try {
            Method method = bean.getClass().getMethod(getter);
            return method.invoke(bean);
        } catch (ReflectiveOperationException | RuntimeException none) {
            return null;
        }
    }
}
