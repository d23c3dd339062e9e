package io.sallyport.sockets;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import java.net.SocketAddress;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * {@code java.net.Socket}: its connecting constructors and {@code connect(SocketAddress)} all end in
 * {@code connect(SocketAddress, int)}, and so do TLS sockets and every other subclass that does not bring its own transport.
 */
final class SocketWeave implements WeavePoint {

    static final String TYPE = "java.net.Socket";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
