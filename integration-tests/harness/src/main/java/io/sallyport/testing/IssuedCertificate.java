package io.sallyport.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/**
 * A certificate with its key.
 *
 * @param chain the certificate, then whoever vouches for it
 */
public record IssuedCertificate(List<X509Certificate> chain, PrivateKey key) {

    private static final char[] IN_MEMORY = "in-memory".toCharArray();

    public IssuedCertificate {
        chain = List.copyOf(chain);
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Writes both as PEM. */
    public void writeTo(Path certificateFile, Path keyFile) throws IOException {
        writeCertificate(certificateFile);
        writeKey(keyFile);
    }

    public Path writeCertificate(Path file) throws IOException {
        return write(file, certificate());
    }

    /** Writes the certificate and whoever vouches for it, as servers are given them. */
    public Path writeChain(Path file) throws IOException {
        return write(file, chain.toArray());
    }

    /** Writes the key, mode 0600. PKCS #8: the traditional EC form lacks the curve, and OpenSSL refuses it. */
    public Path writeKey(Path file) throws IOException {
        return write(createPrivate(file), new JcaPKCS8Generator(key, null));
    }

    /** The same in DER, for pgjdbc. */
    public Path writeDerKey(Path file) throws IOException {
        return Files.write(createPrivate(file), key.getEncoded());
    }

    private static Path createPrivate(Path file) throws IOException {
        Files.deleteIfExists(file);
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Writes key and chain as a PKCS #12 store, under the name that pgjdbc looks for, mode 0600. */
    public Path writeKeyStore(Path file, String password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("user", key, password.toCharArray(), chain.toArray(X509Certificate[]::new));
        try (OutputStream out = Files.newOutputStream(createPrivate(file))) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    /** For a server that shows this certificate. */
    public SSLContext serverContext() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(), null, null);
        return context;
    }

    /** The same, which takes clients of that authority. */
    public SSLContext serverContext(TestAuthority clients) throws GeneralSecurityException, IOException {
        return clients.clientContext(this);
    }

    KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
        // PKCS #12 would stretch the password by 10,000 rounds, here and once more where the key is read.
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("own", key, IN_MEMORY, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, IN_MEMORY);
        return keys.getKeyManagers();
    }

    private static Path write(Path file, Object... all) throws IOException {
        try (Writer out = Files.newBufferedWriter(file);
                JcaPEMWriter writer = new JcaPEMWriter(out)) {
            for (Object pem : all) {
                writer.writeObject(pem);
            }
        }
        return file;
    }
}
