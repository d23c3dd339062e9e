package io.sallyport.jdbc.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.cert.Certificate;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** An application's factory whose sockets say that they are TLS 1.3 and send plain text. */
public final class PretendedTls extends SSLSocketFactory {

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose) {
        return new Pretended(below);
    }

    @Override
    public Socket createSocket() {
        return new Pretended(null);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return new String[0];
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return new String[0];
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    /** Of the best there is. */
    static SSLSession session() {
        return (SSLSession) Proxy.newProxyInstance(
                PretendedTls.class.getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "getProtocol" -> "TLSv1.3";
                    case "getCipherSuite" -> "TLS_AES_256_GCM_SHA384";
                    case "isValid" -> true;
                    case "getPeerPrincipal" -> (Principal) () -> "CN=localhost";
                    case "getPacketBufferSize", "getApplicationBufferSize" -> 32_768;
                    case "getPeerCertificates" -> anybody();
                    default -> null;
                });
    }

    /** Drivers look at the first one. */
    private static Certificate[] anybody() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers();
    }

    private static final class Pretended extends SSLSocket {

        private final Socket below;

        /** @param below {@code null}: it is connected itself */
        Pretended(Socket below) {
            this.below = below;
        }

        @Override
        public SSLSession getSession() {
            return session();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return below == null ? super.getInputStream() : below.getInputStream();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return below == null ? super.getOutputStream() : below.getOutputStream();
        }

        @Override
        public void close() throws IOException {
            if (below == null) {
                super.close();
            } else {
                below.close();
            }
        }

        @Override
        public void startHandshake() {}

        @Override
        public String[] getSupportedCipherSuites() {
            return new String[0];
        }

        @Override
        public String[] getEnabledCipherSuites() {
            return new String[0];
        }

        @Override
        public void setEnabledCipherSuites(String[] suites) {}

        @Override
        public String[] getSupportedProtocols() {
            return getEnabledProtocols();
        }

        @Override
        public String[] getEnabledProtocols() {
            return new String[] {"TLSv1.2", "TLSv1.3"};
        }

        @Override
        public void setEnabledProtocols(String[] protocols) {}

        @Override
        public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {}

        @Override
        public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {}

        @Override
        public void setUseClientMode(boolean mode) {}

        @Override
        public boolean getUseClientMode() {
            return true;
        }

        @Override
        public void setNeedClientAuth(boolean need) {}

        @Override
        public boolean getNeedClientAuth() {
            return false;
        }

        @Override
        public void setWantClientAuth(boolean want) {}

        @Override
        public boolean getWantClientAuth() {
            return false;
        }

        @Override
        public void setEnableSessionCreation(boolean flag) {}

        @Override
        public boolean getEnableSessionCreation() {
            return true;
        }
    }
}
