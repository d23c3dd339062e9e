package io.sallyport.http.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import io.sallyport.weaving.tls.TrustedRoots;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the platform trusts is said at its launch, and by nobody in the process. */
class PlatformRootsTest {

    private static final String HOME = "java.home";
    private static final String STORE = "javax.net.ssl.trustStore";

    @TempDir
    Path directory;

    private final Properties before = new Properties();
    private final IssuedCertificate server = TestAuthority.selfSigned("localhost");
    private Path store;

    /** In a JDK of the application's own, where the platform's roots are in one. */
    @BeforeEach
    void write() throws Exception {
        before.putAll(System.getProperties());
        store = directory.resolve("lib/security/cacerts");
        Files.createDirectories(store.getParent());
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("server", server.certificate());
        try (var out = Files.newOutputStream(store)) {
            roots.store(out, "changeit".toCharArray());
        }
        System.setProperty(STORE + "Password", "changeit");
    }

    @AfterEach
    void restore() {
        for (String name : List.of(HOME, STORE, STORE + "Password")) {
            String value = before.getProperty(name);
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        }
    }

    @Test
    void aTrustStoreOfTheLaunchIsThePlatforms() {
        System.setProperty(STORE, store.toString());

        assertThat(trusts(TrustedRoots.atLaunch())).isTrue();
    }

    @Test
    void aTrustStoreThatTheApplicationNamesLaterVouchesForNobody() {
        System.clearProperty(STORE);
        TrustedRoots launched = TrustedRoots.atLaunch();
        System.setProperty(STORE, store.toString());

        assertThat(trusts(launched)).isFalse();
    }

    @Test
    void aJdkThatTheApplicationNamesLaterVouchesForNobody() {
        System.clearProperty(STORE);
        TrustedRoots launched = TrustedRoots.atLaunch();
        System.setProperty(HOME, directory.toString());
        System.setProperty(STORE, "elsewhere");

        assertThat(trusts(launched)).isFalse();
    }

    @Test
    void anAgentThatIsAttachedGoesByTheCommandLineNotByWhatTheApplicationSetBefore() {
        System.setProperty(STORE, store.toString());

        assertThat(trusts(TrustedRoots.attached())).isFalse();
    }

    @Test
    void anAgentThatIsAttachedFindsTheRootsOfTheJdkThatRuns() throws Exception {
        System.clearProperty(STORE);
        List<X509Certificate> jdks = roots(Path.of(System.getProperty(HOME), "lib", "security", "cacerts"));
        System.setProperty(HOME, directory.toString());
        TrustedRoots attached = TrustedRoots.attached();

        assertThat(trusts(attached)).isFalse();
        assertThat(jdks).anyMatch(root -> attached.trust(new X509Certificate[] {root}, List.of()));
    }

    private boolean trusts(TrustedRoots roots) {
        return roots.trust(new X509Certificate[] {server.certificate()}, List.of());
    }

    private static List<X509Certificate> roots(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, null);
        }
        return Collections.list(store.aliases()).stream()
                .map(alias -> certificate(store, alias))
                .toList();
    }

    private static X509Certificate certificate(KeyStore store, String alias) {
        try {
            return (X509Certificate) store.getCertificate(alias);
        } catch (java.security.KeyStoreException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
