package io.sallyport.controlplane.relay;

/**
 * What a relay is started with.
 *
 * @param listen where agents connect
 * @param target the only place that connections are carried to
 * @param maxConnections how many callers with a certificate may be connected at once; the next one is closed after its handshake. Whoever
 *     is in the handshake still is counted apart, see {@link Places}
 */
public record RelaySettings(HostPort listen, HostPort target, int maxConnections) {

    public RelaySettings {
        if (target.port() == 0) {
            throw new IllegalArgumentException("the target needs a port");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("at least one connection must be allowed");
        }
    }
}
