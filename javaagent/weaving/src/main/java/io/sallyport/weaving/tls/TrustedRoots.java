package io.sallyport.weaving.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Roots of the platform and of policies. The platform's are those of its launch. Files are read again when they have changed, so that a root can be replaced without a restart; what
 * cannot be read is trusted no longer. Thread-safe.
 */
public final class TrustedRoots {

    private final Map<List<String>, RootFiles> files = new ConcurrentHashMap<>();
    private final PlatformRoots launch;
    private volatile @Nullable List<X509TrustManager> platform;

    private TrustedRoots(Launch launch) {
        this.launch = new PlatformRoots(launch);
    }

    /** Made before the application runs: the platform's roots are those that system properties name now. */
    public static TrustedRoots atLaunch() {
        return new TrustedRoots(Launch.now());
    }

    /** Made in a process whose application runs already, and may have set system properties. */
    public static TrustedRoots attached() {
        return new TrustedRoots(Launch.before());
    }

    /** Whether {@code chain} leads to a root of the platform or of {@code rootFiles}. Unreadable roots trust nothing. */
    public boolean trust(X509Certificate[] chain, List<String> rootFiles) {
        if (trustedBy(platform(), chain)) {
            return true;
        }
        try {
            return !rootFiles.isEmpty() && trustedBy(of(rootFiles).managers(), chain);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * One PEM file with all of {@code rootFiles}, for drivers that take one; {@code null} when there are none.
     *
     * @throws IOException when a file cannot be read
     */
    public @Nullable String oneFile(List<String> rootFiles) throws IOException {
        if (rootFiles.size() == 1) {
            return Path.of(rootFiles.get(0)).toAbsolutePath().toString();
        }
        return rootFiles.isEmpty() ? null : of(rootFiles).oneFile();
    }

    /**
     * One PKCS #12 file with all of {@code rootFiles}, for drivers that take no PEM; {@code null} when there are none.
     *
     * @throws IOException when a file cannot be read
     */
    public @Nullable String oneKeyStore(List<String> rootFiles, String password) throws IOException {
        return rootFiles.isEmpty() ? null : of(rootFiles).oneKeyStore(password);
    }

    private RootFiles of(List<String> rootFiles) throws IOException {
        RootFiles known = files.get(rootFiles);
        if (known != null && known.isCurrent()) {
            return known;
        }
        RootFiles now = RootFiles.read(rootFiles);
        files.put(rootFiles, now);
        return now;
    }

    private List<X509TrustManager> platform() {
        List<X509TrustManager> known = platform;
        if (known == null) {
            known = launch.managers();
            platform = known;
        }
        return known;
    }

    private static boolean trustedBy(List<X509TrustManager> managers, X509Certificate[] chain) {
        for (X509TrustManager m : managers) {
            try {
                // What JSSE itself passes in TLS 1.3; a key algorithm such as EC is no authType and would be rejected.
                m.checkServerTrusted(chain, "UNKNOWN");
                return true;
            } catch (CertificateException | RuntimeException untrusted) {
                // Another one may trust it.
            }
        }
        return false;
    }

    /** @param store {@code null} for the platform's roots */
    static List<X509TrustManager> managers(@Nullable KeyStore store) {
        try {
            return managers(TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()), store);
        } catch (GeneralSecurityException unusable) {
            return List.of();
        }
    }

    static List<X509TrustManager> managers(TrustManagerFactory factory, @Nullable KeyStore store)
            throws KeyStoreException {
        factory.init(store);
        List<X509TrustManager> found = new ArrayList<>();
        for (TrustManager m : factory.getTrustManagers()) {
            if (m instanceof X509TrustManager x509) {
                found.add(x509);
            }
        }
        return found;
    }
}
