package io.sallyport.weaving.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The roots that the platform was launched with: the system properties of JSSE ("Customizing the Default Keystores and Truststores"), the
 * place of the JDK and the provider as they are before the application runs. What the application sets afterwards, {@code java.home},
 * {@code javax.net.ssl.trustStore} or a trust manager factory of its own, says whom the application trusts, and vouches for nobody here. JSSE
 * is therefore not left to find the roots by itself: it goes by the properties of the moment. Immutable.
 */
final class PlatformRoots {

    private final Launch launch;
    private final @Nullable Provider jsse = Security.getProvider("SunJSSE");

    PlatformRoots(Launch launch) {
        this.launch = launch;
    }

    /** None where the roots cannot be read: then nobody is trusted. */
    List<X509TrustManager> managers() {
        try {
            TrustManagerFactory factory = jsse == null
                    ? TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
                    : TrustManagerFactory.getInstance("PKIX", jsse);
            return TrustedRoots.managers(factory, read());
        } catch (GeneralSecurityException | IOException | InvalidPathException unreadable) {
            return List.of();
        }
    }

    private KeyStore read() throws GeneralSecurityException, IOException {
        String type = launch.storeSetting("Type");
        String password = launch.storeSetting("Password");
        String provider = launch.storeSetting("Provider");
        String kind = type == null ? launch.defaultType() : type;
        KeyStore store = provider == null ? KeyStore.getInstance(kind) : KeyStore.getInstance(kind, provider);
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
    private @Nullable Path file() throws IOException {
        String named = launch.storeSetting("");
        if (named != null) {
            return named.equals("NONE") ? null : Path.of(named);
        }
        Path home = launch.home();
        if (home == null) {
            throw new NoSuchFileException("the JDK's own roots");
        }
        Path security = home.resolve("lib").resolve("security");
        Path first = security.resolve("jssecacerts");
        return Files.exists(first) ? first : security.resolve("cacerts");
    }
}
