package io.sallyport.link.trust;

import io.sallyport.link.LinkException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** A PEM file with the control plane's CA certificates. */
public final class CaFile {

    /** @throws LinkException when the file cannot be read, holds no certificate, or one that is not a CA's */
    public static ControlPlaneTrust read(Path file) throws LinkException {
        List<X509Certificate> anchors = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                anchors.add((X509Certificate) certificate);
            }
        } catch (IOException e) {
            throw new LinkException(
                    "cannot read the CA file " + file + " (" + e.getClass().getSimpleName()
                            + "): set SALLYPORT_CA_FILE to the control plane's ca.pem",
                    e);
        } catch (CertificateException e) {
            throw new LinkException(
                    "the CA file " + file
                            + " is not a PEM file with certificates: set SALLYPORT_CA_FILE to the control plane's ca.pem",
                    e);
        }
        if (anchors.isEmpty()) {
            throw new LinkException(
                    "the CA file " + file + " holds no certificate: copy the control plane's ca.pem there");
        }
        for (X509Certificate anchor : anchors) {
            if (anchor.getBasicConstraints() < 0) {
                throw new LinkException("the CA file " + file + " holds a certificate that is not a CA's ("
                        + anchor.getSubjectX500Principal()
                        + "): use the control plane's ca.pem, not its server certificate");
            }
        }
        return new ControlPlaneTrust(anchors, null, "the CA file " + file);
    }

    private CaFile() {}
}
