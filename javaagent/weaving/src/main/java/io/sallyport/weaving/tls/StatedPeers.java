package io.sallyport.weaving.tls;

import io.sallyport.core.command.Endpoint;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whom engines of TLS speak to, whatever they were told: some clients know the host, keep it from an engine whose name they do not want
 * verified, and make it in a method that is given the host; others have an application's code make it, which can name another. Thread-safe.
 */
public final class StatedPeers {

    /** Of the method that this thread is in. */
    private static final ThreadLocal<Endpoint> STATED = new ThreadLocal<>();

    /** Engines compare by identity. */
    private static final Map<Object, Endpoint> BY_ENGINE = Collections.synchronizedMap(new WeakHashMap<>());

    private StatedPeers() {}

    /** From here to {@link #leave} this thread makes engines for that host; a port that is not positive is TLS's own. */
    public static void enter(@Nullable String host, int port) {
        if (host != null && !host.isEmpty()) {
            STATED.set(new Endpoint(host, port));
        }
    }

    public static void leave() {
        STATED.remove();
    }

    /** An engine of the JDK's was made. */
    public static void made(@Nullable Object engine) {
        Endpoint stated = STATED.get();
        if (engine != null && stated != null) {
            BY_ENGINE.put(engine, stated);
        }
    }

    /** A client got this engine, wherever it comes from, for that host. */
    public static void state(@Nullable Object engine, @Nullable String host, int port) {
        if (engine != null && host != null && !host.isEmpty()) {
            BY_ENGINE.put(engine, new Endpoint(host, port));
        }
    }

    /** Whom this engine was made for; {@code null} where nobody said. */
    public static @Nullable Endpoint of(Object engine) {
        return BY_ENGINE.get(engine);
    }
}
