package io.sallyport.http.jdk;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code jdk.internal.net.http.Exchange}: one attempt to have a request answered; what died is attempted again by the same request. */
final class AttemptWeave implements WeavePoint {

    static final String TYPE = "jdk.internal.net.http.Exchange";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("responseAsync").and(takesArguments(0)), "io.sallyport.http.jdk.AttemptAdvice");
    }
}
