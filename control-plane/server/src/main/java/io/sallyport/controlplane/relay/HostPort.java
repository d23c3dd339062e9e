package io.sallyport.controlplane.relay;

import java.net.InetSocketAddress;

/**
 * One end of a connection.
 *
 * @param host a DNS name or a literal address, IPv6 without brackets
 * @param port 0 to 65535; 0 only to listen on any free port
 */
public record HostPort(String host, int port) {

    /** @throws IllegalArgumentException for anything but {@code host:port} or {@code [v6]:port} */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            host = "";
        }
        if (host.isEmpty() || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT; write an IPv6 address as [::1]:5432");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > 65_535) {
            throw new IllegalArgumentException("'" + text + "' has a port above 65535");
        }
        return new HostPort(host, port);
    }

    InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    InetSocketAddress unresolved() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
