package io.sallyport.http.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A connected socket that does not say where it leads to. */
final class Nowhere extends Socket {

    private final Socket connected;

    Nowhere(Socket connected) {
        this.connected = connected;
    }

    @Override
    public InetAddress getInetAddress() {
        return null;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return connected.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return connected.getOutputStream();
    }

    @Override
    public int getPort() {
        return connected.getPort();
    }

    @Override
    public boolean isClosed() {
        return connected.isClosed();
    }

    @Override
    public void close() throws IOException {
        connected.close();
    }
}
