package io.sallyport.weaving.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** PEM files with roots as they were when they were read. Thread-safe. */
final class RootFiles {

    private final List<String> files;
    private final List<Object> stamps;
    private final byte[] pem;
    private final KeyStore store;
    private final List<X509TrustManager> managers;
    private @Nullable String merged;
    private @Nullable String keyStore;

    private RootFiles(List<String> files, List<Object> stamps, byte[] pem, KeyStore store) {
        this.files = files;
        this.stamps = stamps;
        this.pem = pem;
        this.store = store;
        this.managers = TrustedRoots.managers(store);
    }

    static RootFiles read(List<String> files) throws IOException {
        // Before the content: what changes meanwhile is read again.
        List<Object> stamps = stamps(files);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String file : files) {
            all.write(Files.readAllBytes(Path.of(file)));
            all.write('\n');
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int n = 0;
            for (Certificate root : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(all.toByteArray()))) {
                store.setCertificateEntry("root-" + n++, root);
            }
            return new RootFiles(List.copyOf(files), stamps, all.toByteArray(), store);
        } catch (GeneralSecurityException unusable) {
            throw new IOException(unusable);
        }
    }

    /** Whether the files are still those that were read. */
    boolean isCurrent() throws IOException {
        return stamps.equals(stamps(files));
    }

    List<X509TrustManager> managers() {
        return managers;
    }

    /** All of them in one PEM file. */
    synchronized String oneFile() throws IOException {
        String known = merged;
        if (known == null) {
            Path file = temporary(".pem");
            Files.write(file, pem);
            known = file.toString();
            merged = known;
        }
        return known;
    }

    /** All of them in one PKCS #12 file. */
    synchronized String oneKeyStore(String password) throws IOException {
        String known = keyStore;
        if (known == null) {
            Path file = temporary(".p12");
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, password.toCharArray());
            } catch (GeneralSecurityException unusable) {
                throw new IOException(unusable);
            }
            known = file.toString();
            keyStore = known;
        }
        return known;
    }

    private static Path temporary(String suffix) throws IOException {
        Path file = Files.createTempFile("sallyport-roots", suffix);
        file.toFile().deleteOnExit();
        return file;
    }

    private static List<Object> stamps(List<String> files) throws IOException {
        List<Object> stamps = new ArrayList<>();
        for (String file : files) {
            BasicFileAttributes now = Files.readAttributes(Path.of(file), BasicFileAttributes.class);
            stamps.add(now.lastModifiedTime());
            stamps.add(now.size());
        }
        return stamps;
    }
}
