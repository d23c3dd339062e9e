package io.sallyport.jdbc.sample;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A security provider of the application's, before the JDK's until it is closed: its TLS says that it is TLS and sends plain text. */
public final class PretendedProvider extends Provider implements AutoCloseable {

    private static final long serialVersionUID = 1;

    private PretendedProvider() {
        super("Pretended", "1", "plain text");
        for (String version : new String[] {"TLS", "TLSv1.2", "TLSv1.3", "Default"}) {
            put("SSLContext." + version, Context.class.getName());
        }
    }

    public static PretendedProvider install() {
        PretendedProvider provider = new PretendedProvider();
        Security.insertProviderAt(provider, 1);
        return provider;
    }

    @Override
    public void close() {
        Security.removeProvider(getName());
    }

    /** What the provider makes. */
    public static final class Context extends SSLContextSpi {

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random)
                throws KeyManagementException {}

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new PretendedTls();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return new PretendedEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return new PretendedEngine();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return null;
        }
    }
}
