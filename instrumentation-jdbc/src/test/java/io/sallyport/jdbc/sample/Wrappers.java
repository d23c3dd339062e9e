package io.sallyport.jdbc.sample;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/** A pool that nobody has heard of: dynamic proxies that delegate everything, results included. */
public final class Wrappers {

    private Wrappers() {}

    public static Connection wrap(Connection connection) {
        return (Connection) wrap(connection, Connection.class);
    }

    private static Object wrap(Object inner, Class<?> type) {
        return Proxy.newProxyInstance(
                Wrappers.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(inner, arguments);
                        boolean jdbc = method.getReturnType().isInterface()
                                && method.getReturnType().getName().startsWith("java.sql.")
                                && !method.getReturnType().getSimpleName().endsWith("MetaData");
                        return jdbc && result != null ? wrap(result, method.getReturnType()) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
