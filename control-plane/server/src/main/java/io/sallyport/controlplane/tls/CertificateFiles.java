package io.sallyport.controlplane.tls;

import io.sallyport.controlplane.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for the HTTPS port that the operator brings, from an authority of their own or a public one.
 *
 * @param chain PEM: the server's certificate, then those of the authorities above it. With one of those, join tokens carry the hash of the last
 *     one's key, so that agents need nothing else to trust this port
 * @param key PEM, PKCS #8
 */
public record CertificateFiles(Path chain, Path key) {

    /** @throws StartFailure where only one of the two is named */
    public static @Nullable CertificateFiles of(@Nullable Path chain, @Nullable Path key) {
        if (chain == null && key == null) {
            return null;
        }
        if (chain == null || key == null) {
            throw new StartFailure(
                    "--certificate and --key go together: a certificate chain and its private key, both PEM");
        }
        return new CertificateFiles(chain, key);
    }

    /**
     * What is read from the files at one moment.
     *
     * @param keys in memory, under {@link ServerCertificate#storePassword()}
     * @param pin of the authority as join tokens carry it; {@code null} where the chain names none
     */
    public record Loaded(KeyStore keys, @Nullable String pin) {}

    /** @throws IOException that says what is wrong with which file */
    public Loaded load() throws IOException {
        try {
            List<X509Certificate> certificates = Pem.readCertificates(chain);
            if (certificates.isEmpty()) {
                throw new IOException(chain + " holds no certificate");
            }
            X509Certificate own = certificates.get(0);
            own.checkValidity();
            PrivateKey secret = Pem.readKey(key, own.getPublicKey().getAlgorithm());
            if (!belongTogether(own, secret)) {
                throw new IOException(key + " is not the key of the first certificate in " + chain);
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server", secret, ServerCertificate.IN_MEMORY, certificates.toArray(X509Certificate[]::new));
            X509Certificate last = certificates.get(certificates.size() - 1);
            boolean isAuthority = certificates.size() > 1 && last.getBasicConstraints() >= 0;
            return new Loaded(store, isAuthority ? CertificateAuthority.pin(last) : null);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("certificate " + chain + " and key " + key + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** When the files were last written, to tell whether they have to be read again. */
    public List<Object> written() throws IOException {
        return List.of(Files.getLastModifiedTime(chain), Files.getLastModifiedTime(key));
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey secret)
            throws GeneralSecurityException {
        String algorithm = switch (secret.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> secret.getAlgorithm();
        };
        byte[] text = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(secret);
        signature.update(text);
        byte[] made = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(made);
    }
}
