package io.sallyport.http.apache5;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code BHttpConnectionBase} of HttpCore: where a blocking connection makes the stream that a body is written to. */
final class ConnectionOutputWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.core5.http.impl.io.BHttpConnectionBase";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("createContentOutputStream").and(takesArguments(4)), "io.sallyport.http.apache5.OutputAdvice");
    }
}
