package io.sallyport.http.jdk;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code jdk.internal.net.http.Response}: the head of an answer, of those as well that the client follows and nobody sees. */
final class ResponseWeave implements WeavePoint {

    static final String TYPE = "jdk.internal.net.http.Response";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("statusCode").and(takesNoArguments()), "io.sallyport.http.jdk.ResponseAdvice");
    }
}
