package io.sallyport.weaving.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The roots that the platform was launched with: the system properties of JSSE ("Customizing the Default Keystores and Truststores") and the
 * provider as they are when the agent starts. What the application sets afterwards, {@code javax.net.ssl.trustStore} or a trust manager factory
 * of its own, says whom the application trusts, and vouches for nobody here. Immutable.
 */
final class PlatformRoots {

    private static final String STORE = "javax.net.ssl.trustStore";
    private static final List<String> PROPERTIES = List.of(
            STORE,
            "javax.net.ssl.trustStoreType",
            "javax.net.ssl.trustStorePassword",
            "javax.net.ssl.trustStoreProvider");

    private final Map<String, String> launched;
    private final @Nullable Provider jsse;

    private PlatformRoots(Map<String, String> launched, @Nullable Provider jsse) {
        this.launched = launched;
        this.jsse = jsse;
    }

    static PlatformRoots asLaunched() {
        return new PlatformRoots(properties(), Security.getProvider("SunJSSE"));
    }

    /** None where the roots cannot be read: then nobody is trusted. */
    List<X509TrustManager> managers() {
        try {
            TrustManagerFactory factory = jsse == null
                    ? TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
                    : TrustManagerFactory.getInstance("PKIX", jsse);
            // JSSE reads its properties by itself, as long as they are still those of the launch.
            return TrustedRoots.managers(factory, launched.equals(properties()) ? null : read());
        } catch (GeneralSecurityException | IOException unreadable) {
            return List.of();
        }
    }

    private KeyStore read() throws GeneralSecurityException, IOException {
        String type = launched.getOrDefault(PROPERTIES.get(1), KeyStore.getDefaultType());
        String password = launched.get(PROPERTIES.get(2));
        String provider = launched.get(PROPERTIES.get(3));
        KeyStore store = provider == null ? KeyStore.getInstance(type) : KeyStore.getInstance(type, provider);
        char[] opened = password == null ? null : password.toCharArray();
        Path file = file();
        if (file == null) {
            store.load(null, opened);
            return store;
        }
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, opened);
        }
        return store;
    }

    /** {@code null} for a store that is no file, such as Windows' or a token. */
    private @Nullable Path file() {
        String named = launched.get(STORE);
        if (named != null) {
            return named.equals("NONE") ? null : Path.of(named);
        }
        Path security = Path.of(System.getProperty("java.home"), "lib", "security");
        Path first = security.resolve("jssecacerts");
        return Files.exists(first) ? first : security.resolve("cacerts");
    }

    private static Map<String, String> properties() {
        Map<String, String> now = new TreeMap<>();
        for (String name : PROPERTIES) {
            String value = System.getProperty(name);
            if (value != null && !value.isEmpty()) {
                now.put(name, value);
            }
        }
        return Map.copyOf(now);
    }
}
