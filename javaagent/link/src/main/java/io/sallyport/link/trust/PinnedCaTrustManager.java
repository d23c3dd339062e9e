package io.sallyport.link.trust;

import io.sallyport.protocol.RelayMark;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Finds the trust anchor (by file or by pin) and leaves the rest to the JDK's PKIX validation: signatures, dates, constraints and, because
 * the engine asks for it, the host name (RFC 5280, RFC 2818). Fails closed on every path that does not check the host name.
 */
final class PinnedCaTrustManager extends X509ExtendedTrustManager {

    /** JSSE's name of the RFC 2818 rules. */
    static final String HOST_NAMES = "HTTPS";

    private final ControlPlaneTrust trust;

    PinnedCaTrustManager(ControlPlaneTrust trust) {
        this.trust = trust;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (!HOST_NAMES.equals(engine.getSSLParameters().getEndpointIdentificationAlgorithm())) {
            throw new UntrustedControlPlaneException("host name checking is off; the connection is refused");
        }
        if (RelayMark.isOn(chain[0])) {
            throw new UntrustedControlPlaneException("what answers is a relay and not the control plane");
        }
        X509ExtendedTrustManager pkix = pkix(anchors(chain));
        try {
            pkix.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw explain(e, chain[0], engine.getPeerHost());
        }
    }

    private List<X509Certificate> anchors(X509Certificate[] chain) throws CertificateException {
        return trust.anchors().isEmpty() ? List.of(pinned(chain)) : trust.anchors();
    }

    /** The CA in the chain whose key has the pinned hash; the server's own certificate does not count. */
    private X509Certificate pinned(X509Certificate[] chain) throws CertificateException {
        for (int i = 1; i < chain.length; i++) {
            if (chain[i].getBasicConstraints() >= 0 && hash(chain[i]).equals(trust.pin())) {
                try {
                    chain[i].checkValidity();
                } catch (CertificateException e) {
                    throw new UntrustedControlPlaneException(
                            "the control plane's CA certificate is outside its validity (until "
                                    + chain[i].getNotAfter().toInstant() + "): renew it, or set this machine's clock",
                            e);
                }
                return chain[i];
            }
        }
        throw new UntrustedControlPlaneException("the server is not vouched for by " + trust.origin()
                + ": check SALLYPORT_CONTROL_PLANE, or create a new join token if the control plane was set up anew");
    }

    private UntrustedControlPlaneException explain(
            CertificateException e, X509Certificate leaf, @Nullable String host) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return new UntrustedControlPlaneException(
                        "the server's certificate is outside its validity (from "
                                + leaf.getNotBefore().toInstant() + " until "
                                + leaf.getNotAfter().toInstant()
                                + "): renew it, or set this machine's clock",
                        e);
            }
        }
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("No subject alternative") || message.startsWith("No name matching")) {
            return new UntrustedControlPlaneException(
                    "the server's certificate is not for the name " + host
                            + ": use a name that it holds, or start the control plane with --name " + host,
                    e);
        }
        return new UntrustedControlPlaneException(
                "the server is not vouched for by " + trust.origin()
                        + ": check SALLYPORT_CONTROL_PLANE and SALLYPORT_CA_FILE",
                e);
    }

    private static String hash(X509Certificate certificate) throws CertificateException {
        try {
            byte[] key = certificate.getPublicKey().getEncoded();
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    private static X509ExtendedTrustManager pkix(List<X509Certificate> anchors) throws CertificateException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < anchors.size(); i++) {
                store.setCertificateEntry("ca" + i, anchors.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new CertificateException("this Java runtime has no PKIX trust manager");
        } catch (IOException | GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    /** Of relays, whose certificates the control plane's authority signs as well. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (!(socket instanceof SSLSocket relay)
                || !HOST_NAMES.equals(relay.getSSLParameters().getEndpointIdentificationAlgorithm())) {
            throw new UntrustedControlPlaneException("host name checking is off; the connection is refused");
        }
        if (!RelayMark.isOn(chain[0])) {
            throw new UntrustedControlPlaneException("its certificate is not a relay's: it has no name " + RelayMark.URI
                    + "; one that enrolled before gets it when its certificate is renewed");
        }
        pkix(anchors(chain)).checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new UntrustedControlPlaneException("not a connection of the link");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new UntrustedControlPlaneException("the link is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new UntrustedControlPlaneException("the link is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new UntrustedControlPlaneException("the link is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.anchors().toArray(new X509Certificate[0]);
    }
}
