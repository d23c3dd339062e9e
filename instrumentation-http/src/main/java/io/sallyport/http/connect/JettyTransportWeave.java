package io.sallyport.http.connect;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.net.SocketAddress;
import java.util.Map;

/** {@code HttpClientTransport} of Jetty over TCP, HTTP/1.1 and HTTP/2: {@code connect(SocketAddress, Map)} opens the channel and connects it. */
final class JettyTransportWeave implements WeavePoint {

    static final String[] TYPES = {
        "org.eclipse.jetty.client.AbstractConnectorHttpClientTransport",
        "org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2"
    };

    private static final String PACKAGE = "io.sallyport.http.connect.";

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(TYPES);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(
                named("connect").and(takesArguments(SocketAddress.class, Map.class)), PACKAGE + "JettyConnectAdvice");
    }
}
