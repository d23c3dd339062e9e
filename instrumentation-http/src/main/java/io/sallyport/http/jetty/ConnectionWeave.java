package io.sallyport.http.jetty;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpConnection}: adds the client's own fields to a request when it has a connection, cookies and credentials of its stores among them. */
final class ConnectionWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.transport.HttpConnection";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("normalizeRequest").and(takesArguments(1)), "io.sallyport.http.jetty.NormalizedAdvice");
    }
}
