package io.sallyport.link.trust;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sallyport.link.LinkException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The one CA (or the few, while a CA is being replaced) that may vouch for the control plane. Immutable.
 *
 * @param anchors from {@code SALLYPORT_CA_FILE}; empty when the pin decides
 * @param pin SHA-256 of the CA key's SubjectPublicKeyInfo, base64url without padding, from the join token; {@code null} when a file
 *     decides
 * @param origin where the trust comes from, for messages
 */
public record ControlPlaneTrust(
        List<X509Certificate> anchors, @Nullable String pin, String origin) {

    public ControlPlaneTrust {
        anchors = List.copyOf(anchors);
    }

    /** Trusts the CA whose key has that hash. The control plane must send the CA's certificate behind its own. */
    public static ControlPlaneTrust ofPin(String pin) {
        return new ControlPlaneTrust(List.of(), pin, "the CA key that the join token names");
    }

    /** A TLS 1.2+ client that accepts nothing else, by the JDK's provider, with host names checked as RFC 2818 says. */
    public SslContext tls() throws LinkException {
        return tls(null, null);
    }

    /** For sockets to relays: TLS 1.3, with this workload's certificate; the JDK's provider, since an application may have put another first. */
    public SSLContext relayTls(PrivateKey key, X509Certificate certificate) throws LinkException {
        try {
            Provider jdk = Security.getProvider("SunJSSE");
            SSLContext context =
                    jdk == null ? SSLContext.getInstance("TLSv1.3") : SSLContext.getInstance("TLSv1.3", jdk);
            context.init(
                    new KeyManager[] {new ClientKey(key, certificate)},
                    new TrustManager[] {new PinnedCaTrustManager(this)},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new LinkException("this Java runtime cannot do TLS 1.3: " + e.getMessage(), e);
        }
    }

    /** Sets what every connection to a relay must be: TLS 1.3, to the host that was asked for. */
    public static void demandOfRelay(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setEndpointIdentificationAlgorithm(PinnedCaTrustManager.HOST_NAMES);
        socket.setSSLParameters(parameters);
    }

    /** The same, with a client certificate. */
    public SslContext tls(@Nullable PrivateKey key, @Nullable X509Certificate certificate) throws LinkException {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .endpointIdentificationAlgorithm(PinnedCaTrustManager.HOST_NAMES)
                    .trustManager(new PinnedCaTrustManager(this));
            if (key != null && certificate != null) {
                builder.keyManager(new ClientKey(key, certificate));
            }
            // By name: an application may have put another provider first.
            Provider jdk = Security.getProvider("SunJSSE");
            if (jdk != null) {
                builder.sslContextProvider(jdk);
            }
            return builder.build();
        } catch (SSLException e) {
            throw new LinkException("this Java runtime cannot do TLS 1.2 or 1.3: " + e.getMessage(), e);
        }
    }
}
