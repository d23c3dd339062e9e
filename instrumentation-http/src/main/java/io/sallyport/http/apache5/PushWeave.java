package io.sallyport.http.apache5;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code ClientPushH2StreamHandler} of HttpCore: a stream that a server promised. Whoever asked for pushes, in whatever client, ends here. */
final class PushWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.core5.http2.impl.nio.ClientPushH2StreamHandler";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("consumePromise").and(takesArguments(1)), "io.sallyport.http.apache5.PushAdvice");
    }
}
