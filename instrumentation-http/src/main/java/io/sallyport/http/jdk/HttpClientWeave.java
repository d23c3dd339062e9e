package io.sallyport.http.jdk;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code jdk.internal.net.http.HttpClientImpl}: the class behind every {@code HttpClient} of the JDK. */
final class HttpClientWeave implements WeavePoint {

    static final String TYPE = "jdk.internal.net.http.HttpClientImpl";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("send").and(isPublic()).and(takesArguments(2)), "io.sallyport.http.jdk.SendAdvice")
                .call(
                        named("sendAsync").and(isPublic()).and(takesArguments(3)),
                        "io.sallyport.http.jdk.SendAsyncAdvice")
                .call(named("cookieHandler").and(takesArguments(0)), "io.sallyport.http.jdk.CookieHandlerAdvice");
    }
}
