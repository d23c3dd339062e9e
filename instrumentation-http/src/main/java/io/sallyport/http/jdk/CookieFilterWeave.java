package io.sallyport.http.jdk;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code jdk.internal.net.http.CookieFilter}: adds the cookies of the client's handler to a request. */
final class CookieFilterWeave implements WeavePoint {

    static final String TYPE = "jdk.internal.net.http.CookieFilter";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("request").and(takesArguments(2)), "io.sallyport.http.jdk.CookieFilterAdvice");
    }
}
