package io.sallyport.http.tls;

import java.lang.reflect.Field;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.HostnameVerifier;
import org.jspecify.annotations.Nullable;

/**
 * What the application installed in each client, by the beginning of the client's package. Which of a client's objects shakes hands is not known
 * there, so that all that were installed in its kind are named, as what may be its own. Thread-safe.
 */
final class ClientVerifiers {

    /** More places than a person reads. */
    private static final int MOST = 3;

    /** Verifiers that clients bring along and that go by the certificate. */
    private static final Set<String> STRICT = Set.of(
            "DefaultHostnameVerifier", "StrictHostnameVerifier", "BrowserCompatHostnameVerifier", "OkHostnameVerifier");

    private static final Map<String, Set<String>> INSTALLED = new ConcurrentHashMap<>();

    private ClientVerifiers() {}

    static void installed(Object builder, @Nullable Object what) {
        if (what == null || !Installers.isForeign(what)) {
            return;
        }
        Object verifier = what instanceof HostnameVerifier ? what : carriedBy(what);
        if (verifier != null && STRICT.contains(verifier.getClass().getSimpleName())) {
            return;
        }
        String words = verifier == null
                ? Installers.words("TLS strategy", what)
                : Installers.words("host name verifier", verifier);
        INSTALLED.compute(library(builder.getClass().getName()), (library, before) -> {
            Set<String> all = new LinkedHashSet<>(before == null ? Set.of() : before);
            if (all.size() < MOST) {
                all.add(words);
            }
            return all;
        });
    }

    /** The verifier that a client's own strategy or socket factory was made with; {@code null} where it is the application's class. */
    private static @Nullable Object carriedBy(Object strategy) {
        for (Class<?> type = strategy.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField("hostnameVerifier");
                field.setAccessible(true);
                return field.get(strategy);
            } catch (NoSuchFieldException declaredAbove) {
                // its superclass is looked at
            } catch (ReflectiveOperationException | RuntimeException closed) {
                return null;
            }
        }
        return null;
    }

    /** Of the client that a class belongs to; {@code null} where it is none, or has nothing of the application's. */
    static @Nullable String of(String className) {
        Set<String> words = INSTALLED.isEmpty() ? null : INSTALLED.get(library(className));
        return words == null ? null : String.join(", or ", words) + ", where this client was given it";
    }

    /** {@code okhttp3}, {@code org.apache.hc}, {@code org.eclipse.jetty}. */
    private static String library(String className) {
        int end = className.indexOf('.');
        for (int part = 1; part < 3 && end >= 0 && className.startsWith("org."); part++) {
            end = className.indexOf('.', end + 1);
        }
        return end < 0 ? className : className.substring(0, end);
    }
}
