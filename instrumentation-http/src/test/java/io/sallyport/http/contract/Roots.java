package io.sallyport.http.contract;

import io.sallyport.testing.TestAuthority;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;

/** The platform's roots in these tests: one authority, as if it had been named at the launch. */
final class Roots {

    static final TestAuthority AUTHORITY = TestAuthority.create("platform");

    private static final String PASSWORD = "changeit";

    private Roots() {}

    /** Before the agent is installed, and before a client asks for TLS. */
    static void launch() throws Exception {
        // PKCS #12 would stretch the password by 10,000 rounds for each client that reads them.
        KeyStore roots = KeyStore.getInstance("JKS");
        roots.load(null, null);
        roots.setCertificateEntry("platform", AUTHORITY.certificate());
        Path file = Files.createTempFile("platform", ".jks");
        file.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(file)) {
            roots.store(out, PASSWORD.toCharArray());
        }
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    }
}
