package io.sallyport.http.okhttp;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code RouteSelector}: asks for the addresses of the proxy, or the host, that a connection is opened to next. */
final class RouteWeave implements WeavePoint {

    static final String TYPE = "okhttp3.internal.connection.RouteSelector";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("resetNextInetSocketAddress").and(takesArguments(1)), "io.sallyport.http.okhttp.RouteAdvice");
    }
}
