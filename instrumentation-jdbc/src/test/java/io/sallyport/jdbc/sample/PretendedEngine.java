package io.sallyport.jdbc.sample;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLSession;

/** Says that its handshake is complete, and hands on what it gets as it is. */
final class PretendedEngine extends SSLEngine {

    private boolean wrapped;

    @Override
    public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer into) {
        if (!wrapped) {
            wrapped = true;
            into.put((byte) 0);
            return new SSLEngineResult(Status.OK, HandshakeStatus.FINISHED, 0, 1);
        }
        int copied = 0;
        for (int i = offset; i < offset + length; i++) {
            copied += copy(from[i], into);
        }
        return new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, copied, copied);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] into, int offset, int length) {
        int copied = 0;
        for (int i = offset; i < offset + length; i++) {
            copied += copy(from, into[i]);
        }
        return new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, copied, copied);
    }

    private static int copy(ByteBuffer from, ByteBuffer into) {
        int fits = Math.min(from.remaining(), into.remaining());
        for (int i = 0; i < fits; i++) {
            into.put(from.get());
        }
        return fits;
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return wrapped ? HandshakeStatus.NOT_HANDSHAKING : HandshakeStatus.NEED_WRAP;
    }

    @Override
    public void beginHandshake() {}

    @Override
    public SSLSession getSession() {
        return PretendedTls.session();
    }

    @Override
    public Runnable getDelegatedTask() {
        return null;
    }

    @Override
    public void closeInbound() {}

    @Override
    public boolean isInboundDone() {
        return false;
    }

    @Override
    public void closeOutbound() {}

    @Override
    public boolean isOutboundDone() {
        return false;
    }

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
        return new String[] {"TLSv1.2", "TLSv1.3"};
    }

    @Override
    public String[] getEnabledProtocols() {
        return getSupportedProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {}

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
