package io.sallyport.http.jdk;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code jdk.internal.net.http.Http1Request} once more: of HTTP/2, frames say where a body ends. */
final class FramedHeadWeave implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named(HeadWeave.TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("headers").and(takesArguments(0)), "io.sallyport.http.jdk.FramedHeadAdvice");
    }
}
