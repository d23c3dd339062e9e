package io.sallyport.http.urlconnection;

import org.jspecify.annotations.Nullable;

/**
 * Tells a caller's {@code getInputStream} from one that the connection makes itself, on the way to its answer. JDK types only in the
 * thread's variable, so that it keeps no agent alive.
 */
final class Inside {

    static final Object NESTED = new Object();
    private static final Object OUTSIDE = new Object();
    private static final ThreadLocal<@Nullable Object> CONNECTION = new ThreadLocal<>();

    private Inside() {}

    /** The one whose answer this thread waits for; {@code null} for none. */
    static @Nullable Object connection() {
        return CONNECTION.get();
    }

    static Object enter(Object connection) {
        Object surrounding = CONNECTION.get();
        if (surrounding == connection) {
            return NESTED;
        }
        CONNECTION.set(connection);
        return surrounding == null ? OUTSIDE : surrounding;
    }

    static void exit(Object entered) {
        if (entered == OUTSIDE) {
            CONNECTION.remove();
        } else {
            CONNECTION.set(entered);
        }
    }
}
