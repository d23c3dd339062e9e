package io.sallyport.jdbc.connect;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connector/J's connections over several hosts (failover, loadbalance, replication): JDK proxies, and so are the statements, results
 * and metadata that come from them. Each call goes on to a {@code ConnectionImpl} that is governed, so the proxies are wrappers; but
 * their metadata name no other connection than the proxy, or a new one each time, so they are known by their handler.
 */
final class HostSwitch {

    private static final String HANDLERS = "com.mysql.cj.jdbc.ha.";
    private static final int DEEPEST = 8;

    private HostSwitch() {}

    static boolean is(Object connection) {
        if (!Proxy.isProxyClass(connection.getClass())) {
            return false;
        }
        InvocationHandler handler = Proxy.getInvocationHandler(connection);
        return handler.getClass().getName().startsWith(HANDLERS);
    }

    /** The connection that calls go to now; {@code null} where the driver does not tell. Replication is a proxy over proxies. */
    static @Nullable Connection active(Object connection) {
        Object now = connection;
        for (int i = 0; i < DEEPEST && now != null && isInside(now); i++) {
            now = behind(Proxy.isProxyClass(now.getClass()) ? Proxy.getInvocationHandler(now) : now);
        }
        return now instanceof Connection active && !isInside(active) ? active : null;
    }

    /** The proxies, and the driver's own objects behind them. */
    static boolean isInside(Object object) {
        return object.getClass().getName().startsWith(HANDLERS) || is(object);
    }

    /**
     * Fields of {@code MultiHostConnectionProxy}, of its {@code JdbcInterfaceProxy} and of {@code MultiHostMySQLConnection}: their
     * methods answer with proxies again.
     */
    private static @Nullable Object behind(Object switching) {
        for (Class<?> c = switching.getClass(); c != null && c != Object.class; c = c.getSuperclass()) {
            for (String name : List.of("currentConnection", "invokeOn", "thisAsProxy")) {
                try {
                    Field field = c.getDeclaredField(name);
                    field.setAccessible(true);
                    return field.get(switching);
                } catch (ReflectiveOperationException | RuntimeException another) {
                    // The next one.
                }
            }
        }
        return null;
    }
}
