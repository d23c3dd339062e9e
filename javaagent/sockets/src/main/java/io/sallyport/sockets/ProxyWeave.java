package io.sallyport.sockets;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.Matchers;
import io.sallyport.weaving.match.MethodInfo;
import io.sallyport.weaving.match.TypeInfo;
import java.net.SocketAddress;

/**
 * {@code java.net.SocksSocketImpl}, below every {@code java.net.Socket} of an application: goes by way of the proxy that the socket was made with, or
 * that the default selector names ({@code socksProxyHost} and the like), if there is one. {@code HttpConnectSocketImpl} is below those that were made with
 * an HTTP proxy.
 */
final class ProxyWeave implements WeavePoint {

    static final String[] TYPES = {"java.net.SocksSocketImpl", "java.net.HttpConnectSocketImpl"};

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(TYPES);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("connect").and(takesArguments(SocketAddress.class, int.class)), ProxyConnectAdvice.NAME)
                // The JDK's words for it until 23, and since.
                .call(
                        Matchers.<MethodInfo>namedOneOf("privilegedConnect", "doConnect")
                                .and(takesArguments(String.class, int.class, int.class)),
                        ProxyLegAdvice.NAME);
    }
}
