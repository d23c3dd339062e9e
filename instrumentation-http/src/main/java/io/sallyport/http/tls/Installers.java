package io.sallyport.http.tls;

import io.sallyport.weaving.CallSites;
import io.sallyport.weaving.OwnLoaders;
import io.sallyport.weaving.tls.Shaking;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Where the application put trust managers of its own in place of the JDK's, for refusals to say; its host name verifiers are with whom they
 * were given to. Each is walked for when it is installed, which happens a few times in a process; nobody walks for a context with the JDK's.
 * Thread-safe.
 */
final class Installers {

    /** From an {@code SSLContextSpi} of the JDK, which compares by identity, to words. */
    private static final Map<Object, String> CONTEXTS = Collections.synchronizedMap(new WeakHashMap<>());

    private Installers() {}

    static void initialized(Object context, TrustManager @Nullable [] managers) {
        if (managers == null) {
            return;
        }
        for (TrustManager manager : managers) {
            if (manager != null && isForeign(manager)) {
                CONTEXTS.put(context, words("trust manager", manager));
                return;
            }
        }
        CONTEXTS.remove(context);
    }

    /** What would have let a peer of this context pass; {@code null} for nothing but the JDK's own. */
    static @Nullable String of(Object context) {
        String manager = CONTEXTS.get(context);
        if (manager != null) {
            return manager;
        }
        String shaking = Shaking.nearest();
        if (shaking == null) {
            return null;
        }
        return UrlConnectionVerifiers.isTheirs(shaking)
                ? UrlConnectionVerifiers.ofThread()
                : ClientVerifiers.of(shaking);
    }

    static boolean isForeign(Object object) {
        return object.getClass().getModule() != Object.class.getModule()
                && !OwnLoaders.contains(object.getClass().getClassLoader());
    }

    static String words(String what, Object object) {
        String site = CallSites.nearest();
        return what + " " + object.getClass().getName() + (site == null ? "" : ", installed at " + site);
    }
}
