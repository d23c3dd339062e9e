package io.sallyport.sockets;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.net.SocketAddress;

/**
 * {@code java.net.Socket}: its connecting constructors and {@code connect(SocketAddress)} all end in
 * {@code connect(SocketAddress, int)}, and so do TLS sockets and every other subclass that does not bring its own transport.
 */
final class SocketWeave implements WeavePoint {

    static final String TYPE = "java.net.Socket";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("connect").and(takesArguments(SocketAddress.class, int.class)), SocketConnectAdvice.NAME)
                .must(named("getInputStream").and(takesNoArguments()), RelayedInputAdvice.NAME)
                .must(named("getOutputStream").and(takesNoArguments()), RelayedOutputAdvice.NAME)
                .must(named("close").and(takesNoArguments()), RelayedCloseAdvice.NAME);
    }
}
