package io.sallyport.http.jdk;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * {@code jdk.internal.net.http.HttpResponseImpl}: the response that the caller gets. It takes its header fields from the exchange
 * and not from what the body handler was given, so those that masking makes untrue are left out here.
 */
final class HttpResponseWeave implements WeavePoint {

    static final String TYPE = "jdk.internal.net.http.HttpResponseImpl";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("headers").and(takesNoArguments()), "io.sallyport.http.jdk.ResponseHeadersAdvice");
    }
}
