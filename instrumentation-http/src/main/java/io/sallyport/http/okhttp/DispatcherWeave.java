package io.sallyport.http.okhttp;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code Dispatcher}, which has the calls that were enqueued, but for those that wait in front of it. */
final class DispatcherWeave implements WeavePoint {

    static final String TYPE = "okhttp3.Dispatcher";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state().must(named("cancelAll").and(takesNoArguments()), "io.sallyport.http.okhttp.CancelAllAdvice");
    }
}
