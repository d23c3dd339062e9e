package io.sallyport.protocol;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/**
 * What tells a relay's certificate from all others of the control plane's authority: a URI among its alternative names (RFC 5280, section 4.2.1.6). Agents
 * take no certificate for a relay's that lacks it, and none that has it for the control plane's.
 */
public final class RelayMark {

    public static final String URI = "sallyport:relay";

    private static final Integer KIND_URI = 6;

    private RelayMark() {}

    /** @throws CertificateParsingException where the alternative names cannot be read */
    public static boolean isOn(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names != null) {
            for (List<?> name : names) {
                if (KIND_URI.equals(name.get(0)) && URI.equals(name.get(1))) {
                    return true;
                }
            }
        }
        return false;
    }
}
