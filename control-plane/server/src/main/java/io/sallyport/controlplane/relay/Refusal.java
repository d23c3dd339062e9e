package io.sallyport.controlplane.relay;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.StringJoiner;

/**
 * Why a handshake failed, in words of the relay's own. The message of an exception is never repeated: Netty's carry what the caller sent, as
 * hex, and who spoke no TLS sent a password or a token there; those of the JDK carry names of certificates.
 */
final class Refusal {

    /** An exception that is its own cause's cause would otherwise be followed for ever. */
    private static final int DEEPEST = 8;

    private Refusal() {}

    static String of(Throwable failure) {
        Throwable cause =
                failure instanceof DecoderException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof NotSslRecordException) {
            return "it spoke no TLS";
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return "its TLS handshake was not done in time";
        }
        if (cause instanceof ClosedChannelException) {
            return "it hung up in its TLS handshake";
        }
        StringJoiner kinds = new StringJoiner(", ", " (", ")");
        for (int i = 0; cause != null && i < DEEPEST; i++) {
            if (cause instanceof CertificateExpiredException) {
                return "its certificate has expired";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "its certificate is not valid yet";
            }
            kinds.add(cause.getClass().getSimpleName());
            cause = cause.getCause();
        }
        return "its TLS handshake failed" + kinds;
    }
}
