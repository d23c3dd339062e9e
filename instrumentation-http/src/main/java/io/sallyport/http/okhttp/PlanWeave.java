package io.sallyport.http.okhttp;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code ConnectPlan} of OkHttp 5: connects to one address, on a thread of its own where several are tried at a time. */
final class PlanWeave implements WeavePoint {

    static final String TYPE = "okhttp3.internal.connection.ConnectPlan";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("connectTcp").and(takesNoArguments()), "io.sallyport.http.okhttp.PlanAdvice");
    }
}
