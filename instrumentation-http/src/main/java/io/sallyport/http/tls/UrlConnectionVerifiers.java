package io.sallyport.http.tls;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.HostnameVerifier;
import org.jspecify.annotations.Nullable;

/** The application's host name verifiers in {@code HttpsURLConnection}, each with the connections that it was given to. Thread-safe. */
final class UrlConnectionVerifiers {

    private static final String NOBODYS = "";

    /** From a connection that was given one, which compares by identity, to words. */
    private static final Map<Object, String> GIVEN = Collections.synchronizedMap(new WeakHashMap<>());

    /** Of the connection that opens on this thread: the JDK asks each for its verifier right before it connects. */
    private static final ThreadLocal<@Nullable String> OPENING = new ThreadLocal<>();

    private static volatile @Nullable String byDefault;

    private UrlConnectionVerifiers() {}

    static void given(Object connection, @Nullable HostnameVerifier verifier) {
        String words = words(verifier);
        GIVEN.put(connection, words == null ? NOBODYS : words);
    }

    static void givenByDefault(@Nullable HostnameVerifier verifier) {
        byDefault = words(verifier);
    }

    static void asked(Object connection) {
        String given = GIVEN.get(connection);
        if (given == null) {
            given = byDefault;
        }
        if (given == null || given.equals(NOBODYS)) {
            OPENING.remove();
        } else {
            OPENING.set(given);
        }
    }

    /** Whether a class shakes hands for such a connection. */
    static boolean isTheirs(String className) {
        return className.startsWith("sun.net.www.protocol.");
    }

    /** Of the connection that shakes hands on this thread; {@code null} where it has the JDK's own. */
    static @Nullable String ofThread() {
        return OPENING.get();
    }

    private static @Nullable String words(@Nullable HostnameVerifier verifier) {
        return verifier == null || !Installers.isForeign(verifier)
                ? null
                : Installers.words("host name verifier", verifier);
    }
}
