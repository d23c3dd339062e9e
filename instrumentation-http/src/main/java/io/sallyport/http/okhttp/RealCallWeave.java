package io.sallyport.http.okhttp;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code RealCall}: the class behind every {@code Call}. */
final class RealCallWeave implements WeavePoint {

    static final String TYPE = "okhttp3.internal.connection.RealCall";
    static final String TYPE_IN_3 = "okhttp3.RealCall";

    private static final String PACKAGE = "io.sallyport.http.okhttp.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE).or(named(TYPE_IN_3));
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named("enqueue").and(takesArguments(1)), PACKAGE + "EnqueueAdvice")
                .must(named("cancel").and(takesNoArguments()), PACKAGE + "CancelAdvice");
    }
}
