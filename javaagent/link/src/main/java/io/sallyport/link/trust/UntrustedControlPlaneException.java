package io.sallyport.link.trust;

import java.security.cert.CertificateException;

/** The server is not the control plane that this agent was told to trust; the message says why and what to do. */
public final class UntrustedControlPlaneException extends CertificateException {

    private static final long serialVersionUID = 1;

    UntrustedControlPlaneException(String message) {
        super(message);
    }

    UntrustedControlPlaneException(String message, Throwable cause) {
        super(message, cause);
    }
}
