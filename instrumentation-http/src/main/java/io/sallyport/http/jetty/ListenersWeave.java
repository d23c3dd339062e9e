package io.sallyport.http.jetty;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code ResponseListeners}: hands an answer to who asked for it. */
final class ListenersWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.transport.ResponseListeners";

    private static final String PACKAGE = "io.sallyport.http.jetty.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("notifyContentSource").and(isPublic()), PACKAGE + "ContentAdvice");
        weave.must(named("notifySuccess").and(isPublic()), PACKAGE + "SuccessAdvice");
        weave.must(named("notifyComplete").and(isPublic()), PACKAGE + "CompleteAdvice");
    }
}
