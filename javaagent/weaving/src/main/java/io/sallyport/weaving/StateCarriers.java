package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportState;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes that weaving gave the field to, and none else: the key goes to these alone. Whoever makes a {@link java.lang.reflect.Proxy}
 * over all of a driver's interfaces, as pools and frameworks do, implements {@link SallyportState} as well, and its handler would be
 * asked for a state and be given the key. Thread-safe; holds no class loader.
 */
final class StateCarriers {

    private static final WeakIdentityMap BY_LOADER = new WeakIdentityMap();
    private static final Object BOOTSTRAP = new Object();

    private static final ClassValue<Boolean> KNOWN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            // The accessors are final, so that what a subclass inherits is what was woven.
            for (Class<?> c = type; c != null; c = c.getSuperclass()) {
                if (names(c.getClassLoader()).contains(c.getName())) {
                    return true;
                }
            }
            return false;
        }
    };

    private StateCarriers() {}

    static boolean has(Object carrier) {
        return carrier instanceof SallyportState && KNOWN.get(carrier.getClass());
    }

    /** To be called before the class is defined. */
    static void add(@Nullable ClassLoader loader, String name) {
        names(loader).add(name);
    }

    @SuppressWarnings("unchecked")
    private static Set<String> names(@Nullable ClassLoader loader) {
        Object key = loader == null ? BOOTSTRAP : loader;
        synchronized (BY_LOADER) {
            Set<String> names = (Set<String>) BY_LOADER.get(key);
            if (names == null) {
                names = ConcurrentHashMap.newKeySet();
                BY_LOADER.put(key, names);
            }
            return names;
        }
    }
}
