package io.sallyport.http.vertx;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.not;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * {@code HttpClientRequestImpl}: one request.
 *
 * @param since51 in which of its two shapes
 */
record RequestWeave(boolean since51) implements WeavePoint {

    static final String TYPE = "io.vertx.core.http.impl.HttpClientRequestImpl";

    private static final String PACKAGE = "io.sallyport.http.vertx.";

    @Override
    public Match<? super TypeInfo> types() {
        Match<TypeInfo> type = named(TYPE);
        return type.and(since51 ? Since51.REQUEST : not(Since51.REQUEST));
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named("doWrite").and(takesArguments(3)), PACKAGE + (since51 ? "Write51Advice" : "WriteAdvice"));
    }
}
