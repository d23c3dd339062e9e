package io.sallyport.jdbc;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom this process's default TLS trusts, for drivers that take it and nothing else: the platform's roots, or anybody, as an application's own
 * trust manager does. It is the default once and for all, since the JDK keeps the first one that it is asked for.
 */
final class ProcessTrust extends X509ExtendedTrustManager implements AutoCloseable {

    private static final ProcessTrust INSTALLED = new ProcessTrust(platform());

    private final X509ExtendedTrustManager platform;
    private volatile boolean anybody;

    private ProcessTrust(X509ExtendedTrustManager platform) {
        this.platform = platform;
    }

    static void install() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {INSTALLED}, null);
            SSLContext.setDefault(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * H2's client sets the process's key store to one of its own where there is none (org.h2.security.CipherFactory), and every driver after it
     * shows the certificate in it to servers that do not know it.
     */
    static void forgetKeyStore() {
        System.clearProperty("javax.net.ssl.keyStore");
        System.clearProperty("javax.net.ssl.keyStorePassword");
    }

    /** Until it is closed. */
    static ProcessTrust ofAnybody() {
        INSTALLED.anybody = true;
        return INSTALLED;
    }

    @Override
    public void close() {
        anybody = false;
    }

    private static X509ExtendedTrustManager platform() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        if (!anybody) {
            platform.checkServerTrusted(chain, type, socket);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        if (!anybody) {
            platform.checkServerTrusted(chain, type, engine);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        if (!anybody) {
            platform.checkServerTrusted(chain, type);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        platform.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        platform.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        platform.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return platform.getAcceptedIssuers();
    }
}
