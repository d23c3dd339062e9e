package io.sallyport.weaving.tls;

import io.sallyport.core.command.Endpoint;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** Speaks TLS to relays in this workload's name. Thread-safe. */
public interface RelayTls {

    /** For an agent without a control plane: there is no certificate to show. */
    RelayTls NONE = (connected, relay) -> {
        throw new IOException(
                "a relay admits workloads that have enrolled with its control plane, and this agent has none: set"
                        + " SALLYPORT_CONTROL_PLANE");
    };

    /**
     * Layers TLS on a connected socket and shows this workload's certificate. The handshake is complete on return: the peer is the relay that
     * was asked for, and the control plane's authority vouches for it. Closing the result closes {@code connected}.
     *
     * @throws IOException when it is not, or there is no certificate to show; says what to do
     */
    SSLSocket layer(Socket connected, Endpoint relay) throws IOException;
}
