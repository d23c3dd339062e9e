package io.sallyport.http.tls;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.HostnameVerifier;
import org.jspecify.annotations.Nullable;

/**
 * What the application installed in each client, by the beginning of the client's package. Which of a client's objects shakes hands is not known
 * there, so that all that were installed in its kind are named. Thread-safe.
 */
final class ClientVerifiers {

    /** More places than a person reads. */
    private static final int MOST = 3;

    private static final Map<String, Set<String>> INSTALLED = new ConcurrentHashMap<>();

    private ClientVerifiers() {}

    static void installed(Object builder, @Nullable Object what) {
        if (what == null || !Installers.isForeign(what)) {
            return;
        }
        String words =
                Installers.words(what instanceof HostnameVerifier ? "host name verifier" : "TLS strategy", what);
        INSTALLED.compute(library(builder.getClass().getName()), (library, before) -> {
            Set<String> all = new LinkedHashSet<>(before == null ? Set.of() : before);
            if (all.size() < MOST) {
                all.add(words);
            }
            return all;
        });
    }

    /** Of the client that is on this thread's stack; {@code null} where none is, or it has nothing of the application's. */
    static @Nullable String ofCaller() {
        return INSTALLED.isEmpty() ? null : StackWalker.getInstance().walk(ClientVerifiers::nearest);
    }

    private static @Nullable String nearest(Stream<StackWalker.StackFrame> frames) {
        for (Iterator<StackWalker.StackFrame> i = frames.iterator(); i.hasNext(); ) {
            String name = i.next().getClassName();
            if (!name.startsWith("java.")) {
                Set<String> words = INSTALLED.get(library(name));
                if (words != null) {
                    return String.join("; ", words);
                }
            }
        }
        return null;
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
