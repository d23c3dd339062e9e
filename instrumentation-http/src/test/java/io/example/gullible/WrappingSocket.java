package io.example.gullible;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Tells of one socket's TLS, and has its bytes from and for where it was told. */
public final class WrappingSocket extends SSLSocket {

    private final SSLSocket told;
    private final InputStream input;
    private final OutputStream output;

    /** Of the socket that it tells of: no lie. */
    public WrappingSocket(SSLSocket told) throws IOException {
        this(told, told.getInputStream(), told.getOutputStream());
    }

    public WrappingSocket(SSLSocket told, InputStream input, OutputStream output) {
        this.told = told;
        this.input = input;
        this.output = output;
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public SSLSession getSession() {
        return told.getSession();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return told.getHandshakeSession();
    }

    @Override
    public void startHandshake() throws IOException {
        told.startHandshake();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return told.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return told.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        told.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return told.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return told.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        told.setEnabledProtocols(protocols);
    }

    @Override
    public SSLParameters getSSLParameters() {
        return told.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        told.setSSLParameters(parameters);
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        told.addHandshakeCompletedListener(listener);
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        told.removeHandshakeCompletedListener(listener);
    }

    @Override
    public void setUseClientMode(boolean mode) {
        told.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return told.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        told.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return told.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        told.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return told.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        told.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return told.getEnableSessionCreation();
    }

    @Override
    public InetAddress getInetAddress() {
        return told.getInetAddress();
    }

    @Override
    public int getPort() {
        return told.getPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return told.getRemoteSocketAddress();
    }

    @Override
    public boolean isConnected() {
        return told.isConnected();
    }

    @Override
    public boolean isClosed() {
        return told.isClosed();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        told.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return told.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        told.setTcpNoDelay(on);
    }

    @Override
    public void close() throws IOException {
        output.close();
        told.close();
    }
}
