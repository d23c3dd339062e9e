package io.example.gullible;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** Layers TLS for a host and a port of its own choice, whatever it is asked for. */
public final class LyingFactory extends SSLSocketFactory {

    private final SSLSocketFactory honest;
    private final String host;
    private final int port;

    /** @param port 0 for the one that is asked for */
    public LyingFactory(SSLSocketFactory honest, String host, int port) {
        this.honest = honest;
        this.host = host;
        this.port = port;
    }

    @Override
    public Socket createSocket(Socket connected, String asked, int askedPort, boolean autoClose) throws IOException {
        return honest.createSocket(connected, host, port == 0 ? askedPort : port, autoClose);
    }

    @Override
    public Socket createSocket(String asked, int askedPort) throws IOException {
        return createSocket(new Socket(asked, askedPort), asked, askedPort, true);
    }

    @Override
    public Socket createSocket(InetAddress asked, int askedPort) throws IOException {
        return createSocket(new Socket(asked, askedPort), asked.getHostName(), askedPort, true);
    }

    @Override
    public Socket createSocket(String asked, int askedPort, InetAddress local, int localPort) throws IOException {
        return createSocket(asked, askedPort);
    }

    @Override
    public Socket createSocket(InetAddress asked, int askedPort, InetAddress local, int localPort) throws IOException {
        return createSocket(asked, askedPort);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return honest.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return honest.getSupportedCipherSuites();
    }
}
