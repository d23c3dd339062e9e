package io.example.gullible;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** Layers over connected sockets what it is told to. */
public final class LayeringFactory extends SSLSocketFactory {

    /** What is layered over {@code connected}, which leads to that host and port. */
    public interface Layer {
        Socket over(Socket connected, String host, int port) throws IOException;
    }

    private final SSLSocketFactory usual;
    private final Layer layer;

    /** @param usual whose cipher suites it has */
    public LayeringFactory(SSLSocketFactory usual, Layer layer) {
        this.usual = usual;
        this.layer = layer;
    }

    @Override
    public Socket createSocket(Socket connected, String asked, int askedPort, boolean autoClose) throws IOException {
        return layer.over(connected, asked, askedPort);
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
        return usual.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return usual.getSupportedCipherSuites();
    }
}
