package io.sallyport.http.connect;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;
import static io.sallyport.weaving.match.Matchers.not;
import static io.sallyport.weaving.match.Matchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpChannelConnector} of Vert.x 5.0, {@code TcpHttpClientTransport} since 5.1: asks the client's own {@code NetClient} for a connection. */
final class VertxConnectorWeave implements WeavePoint {

    static final String[] TYPES = {
        "io.vertx.core.http.impl.HttpChannelConnector", "io.vertx.core.http.impl.tcp.TcpHttpClientTransport"
    };

    private static final String PACKAGE = "io.sallyport.http.connect.";

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(TYPES);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(
                named("connect")
                        .and(not(isPublic()))
                        .and(takesArgument(0, named("io.vertx.core.internal.ContextInternal"))),
                PACKAGE + "VertxConnectAdvice");
    }
}
