package io.sallyport.http.jdk;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** What writes the head of a request to the connection that it has, one for each version of HTTP. */
final class HeadWeave implements WeavePoint {

    static final String TYPE = "jdk.internal.net.http.Http1Request";
    static final String HTTP2 = "jdk.internal.net.http.Stream";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE).or(named(HTTP2));
    }

    @Override
    public void weave(Weave weave) {
        weave.must(
                named("headers").or(named("sendHeadersAsync")).and(takesArguments(0)),
                "io.sallyport.http.jdk.HeadAdvice");
    }
}
