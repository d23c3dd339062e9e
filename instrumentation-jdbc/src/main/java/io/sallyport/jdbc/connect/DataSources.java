package io.sallyport.jdbc.connect;

import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Data sources that open connections themselves. Their URL is a bean property. */
public final class DataSources {

    private DataSources() {}

    /** @param arguments user and password, or nothing */
    public static @Nullable Object enter(Object source, Object[] arguments) throws SQLException {
        Properties info = new Properties();
        Object user = arguments.length == 2 ? arguments[0] : property(source, "getUser");
        if (user instanceof String name) {
            info.setProperty("user", name);
        }
        return ConnectFlow.enterUrl((String) property(source, "getURL"), info);
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
