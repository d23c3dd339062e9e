package io.sallyport.http.vertx;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpClientRequestBase}: what a request and a promised answer have in common. */
final class RequestBaseWeave implements WeavePoint {

    static final String TYPE = "io.vertx.core.http.impl.HttpClientRequestBase";

    private static final String PACKAGE = "io.sallyport.http.vertx.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("handleResponse").and(takesArguments(1)), PACKAGE + "AnswerAdvice");
    }
}
