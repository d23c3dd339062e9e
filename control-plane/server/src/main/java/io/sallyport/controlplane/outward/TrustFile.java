package io.sallyport.controlplane.outward;

import io.sallyport.controlplane.StartFailure;
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

/** A PEM file with the authorities that somebody outside is trusted by, instead of the platform's. */
public final class TrustFile {

    private TrustFile() {}

    /** @throws StartFailure when the file cannot be read */
    public static SSLContext context(Path ca) {
        try (InputStream stream = Files.newInputStream(ca)) {
            KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                roots.setCertificateEntry("ca" + count++, certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new StartFailure("the CA file " + ca + " of the settings cannot be read as PEM certificates", e);
        }
    }
}
