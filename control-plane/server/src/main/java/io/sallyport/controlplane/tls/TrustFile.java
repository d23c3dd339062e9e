package io.sallyport.controlplane.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS for a client that trusts the authorities in one PEM file and nobody else: a control plane's {@code ca.pem}, or that of somebody outside. */
public final class TrustFile {

    private TrustFile() {}

    /** @throws IOException when the file cannot be read, or is no PEM file with certificates; says which file */
    public static SSLContext context(Path ca) throws IOException {
        try (InputStream stream = Files.newInputStream(ca)) {
            KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                roots.setCertificateEntry("ca" + count++, certificate);
            }
            if (count == 0) {
                throw new IOException(ca + " holds no certificate");
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(ca + " cannot be read as PEM certificates", e);
        }
    }
}
