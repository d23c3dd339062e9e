package io.sallyport.weaving.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Roots of the platform and of policies. Thread-safe; trust managers are kept per list of files. */
public final class TrustedRoots {

    private final Map<List<String>, List<X509TrustManager>> managers = new ConcurrentHashMap<>();
    private final Map<List<String>, String> merged = new ConcurrentHashMap<>();
    private final Map<List<String>, String> keyStores = new ConcurrentHashMap<>();

    /** Whether {@code chain} leads to a root of the platform or of {@code rootFiles}. Unreadable roots trust nothing. */
    public boolean trust(X509Certificate[] chain, List<String> rootFiles) {
        return trustedBy(platform(), chain) || (!rootFiles.isEmpty() && trustedBy(of(rootFiles), chain));
    }

    /**
     * One PEM file with all of {@code rootFiles}, for drivers that take one; {@code null} when there are none.
     *
     * @throws IOException when a file cannot be read
     */
    public @Nullable String oneFile(List<String> rootFiles) throws IOException {
        if (rootFiles.isEmpty()) {
            return null;
        }
        if (rootFiles.size() == 1) {
            return Path.of(rootFiles.get(0)).toAbsolutePath().toString();
        }
        String known = merged.get(rootFiles);
        return known != null ? known : merge(rootFiles);
    }

    private synchronized String merge(List<String> rootFiles) throws IOException {
        String known = merged.get(rootFiles);
        if (known != null) {
            return known;
        }
        StringBuilder all = new StringBuilder();
        for (String file : rootFiles) {
            all.append(Files.readString(Path.of(file), StandardCharsets.US_ASCII))
                    .append('\n');
        }
        Path file = Files.createTempFile("sallyport-roots", ".pem");
        file.toFile().deleteOnExit();
        Files.writeString(file, all, StandardCharsets.US_ASCII);
        merged.put(rootFiles, file.toString());
        return file.toString();
    }

    /**
     * One PKCS #12 file with all of {@code rootFiles}, for drivers that take no PEM; {@code null} when there are none.
     *
     * @throws IOException when a file cannot be read
     */
    public @Nullable String oneKeyStore(List<String> rootFiles, String password) throws IOException {
        if (rootFiles.isEmpty()) {
            return null;
        }
        String known = keyStores.get(rootFiles);
        return known != null ? known : write(rootFiles, password);
    }

    private synchronized String write(List<String> rootFiles, String password) throws IOException {
        String known = keyStores.get(rootFiles);
        if (known != null) {
            return known;
        }
        Path file = Files.createTempFile("sallyport-roots", ".p12");
        file.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(file)) {
            store(rootFiles).store(out, password.toCharArray());
        } catch (GeneralSecurityException unusable) {
            throw new IOException(unusable);
        }
        keyStores.put(rootFiles, file.toString());
        return file.toString();
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

    private List<X509TrustManager> platform() {
        return managers.computeIfAbsent(List.of(), none -> managers(null));
    }

    private List<X509TrustManager> of(List<String> rootFiles) {
        return managers.computeIfAbsent(rootFiles, files -> {
            try {
                return managers(store(files));
            } catch (GeneralSecurityException | IOException unreadable) {
                return List.of();
            }
        });
    }

    private static KeyStore store(List<String> files) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        CertificateFactory x509 = CertificateFactory.getInstance("X.509");
        int n = 0;
        for (String file : files) {
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                for (Certificate c : x509.generateCertificates(in)) {
                    store.setCertificateEntry("root-" + n++, c);
                }
            }
        }
        return store;
    }

    private static List<X509TrustManager> managers(@Nullable KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            List<X509TrustManager> found = new ArrayList<>();
            for (TrustManager m : factory.getTrustManagers()) {
                if (m instanceof X509TrustManager x509) {
                    found.add(x509);
                }
            }
            return found;
        } catch (GeneralSecurityException unusable) {
            return List.of();
        }
    }
}
