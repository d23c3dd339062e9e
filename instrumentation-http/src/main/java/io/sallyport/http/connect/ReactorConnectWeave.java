package io.sallyport.http.connect;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * {@code TransportConnector} of Reactor Netty: {@code doInitAndRegister(config, initializer, isDomainSocket, loop)} opens the channel of a first connect and of
 * each that follows to another address, whatever pool asked for it.
 */
final class ReactorConnectWeave implements WeavePoint {

    static final String TYPE = "reactor.netty.transport.TransportConnector";

    private static final String PACKAGE = "io.sallyport.http.connect.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("doInitAndRegister").and(takesArguments(4)), PACKAGE + "ReactorConnectAdvice");
    }
}
