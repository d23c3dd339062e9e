package io.sallyport.controlplane.web;

import io.sallyport.controlplane.configuration.AddressRanges;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Whose request it is where a trusted proxy brings it: the right-most address of {@code X-Forwarded-For} that is not a trusted proxy's
 * own. What stands further left was written by whoever sent it, and what comes from anybody else's address is not looked at. An entry that
 * is no address ends the search at the proxy that wrote it. Immutable.
 */
final class ForwardedAddress implements HttpConfiguration.Customizer {

    private final AddressRanges trusted;

    ForwardedAddress(AddressRanges trusted) {
        this.trusted = trusted;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (!(request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer)
                || !trusted.contains(peer.getAddress())) {
            return request;
        }
        InetAddress caller = peer.getAddress();
        // Split by hand: an address is never quoted, and a quote that does not close is an entry like any other that is
        // no address.
        List<String> hops = Stream.of(String.join(",", request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR))
                        .split(","))
                .map(String::strip)
                .filter(hop -> !hop.isEmpty())
                .toList();
        for (int i = hops.size() - 1; i >= 0 && trusted.contains(caller); i--) {
            InetAddress told = address(hops.get(i));
            if (told == null) {
                break;
            }
            caller = told;
        }
        return caller.equals(peer.getAddress()) ? request : new Forwarded(request, new InetSocketAddress(caller, 0));
    }

    /** With or without the port that some balancers write. */
    private static @Nullable InetAddress address(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? null : AddressRanges.address(text.substring(1, end));
        }
        int colon = text.indexOf(':');
        boolean hasPort = colon >= 0 && colon == text.lastIndexOf(':');
        return AddressRanges.address(hasPort ? text.substring(0, colon) : text);
    }

    private static final class Forwarded extends Request.Wrapper {

        private final ConnectionMetaData connection;

        Forwarded(Request request, InetSocketAddress caller) {
            super(request);
            this.connection = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
                @Override
                public SocketAddress getRemoteSocketAddress() {
                    return caller;
                }
            };
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }
    }
}
