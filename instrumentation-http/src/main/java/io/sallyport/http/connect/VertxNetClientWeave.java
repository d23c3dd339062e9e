package io.sallyport.http.connect;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.nameStartsWith;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;
import static io.sallyport.weaving.match.Matchers.returns;
import static io.sallyport.weaving.match.Matchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * {@code NetClientImpl} of Vert.x, which anybody may have (even that of an HTTP client): the options of a connect that the HTTP client asked for are its own, and
 * come along to the event loop where the channel is made.
 */
final class VertxNetClientWeave implements WeavePoint {

    static final String[] TYPES = {"io.vertx.core.net.impl.NetClientImpl", "io.vertx.core.net.impl.tcp.NetClientImpl"};

    private static final String OPTIONS = "io.vertx.core.net.ConnectOptions";
    private static final String TLS = "io.vertx.core.internal.tls.SslContextProvider";

    private static final String PACKAGE = "io.sallyport.http.connect.";

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(TYPES);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(
                        named("connectInternal").and(isPublic()).and(takesArgument(0, named(OPTIONS))),
                        PACKAGE + "HandArgumentAdvice")
                .must(
                        nameStartsWith("connectInternal")
                                .and(takesArgument(0, named(OPTIONS)))
                                .and(takesArgument(2, named(TLS)))
                                .and(returns(named("void"))),
                        PACKAGE + "ResumeArgumentAdvice");
    }
}
