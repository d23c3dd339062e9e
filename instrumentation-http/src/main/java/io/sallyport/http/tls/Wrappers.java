package io.sallyport.http.tls;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.net.ssl.SSLSocket;

/** Sockets of an application's or a library's class that carry one of the JDK's TLS, as a field that is declared as such. */
final class Wrappers {

    /** More layers than anybody puts on each other. */
    private static final int MOST = 8;

    private Wrappers() {}

    /** Whether {@code socket} has a socket of the JDK's, or one that has one. What it does with it is another question. */
    static boolean holdsJdks(Object socket) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return holdsJdks(socket, seen);
    }

    private static boolean holdsJdks(Object socket, Set<Object> seen) {
        if (!seen.add(socket) || seen.size() > MOST) {
            return false;
        }
        for (Class<?> type = socket.getClass(); type != null && type != SSLSocket.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (SSLSocket.class.isAssignableFrom(field.getType()) && isHeld(field, socket, seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isHeld(Field field, Object socket, Set<Object> seen) {
        try {
            field.setAccessible(true);
            Object within = field.get(socket);
            return within != null
                    && (within.getClass().getModule() == Object.class.getModule() || holdsJdks(within, seen));
        } catch (ReflectiveOperationException | RuntimeException closed) {
            return false;
        }
    }
}
