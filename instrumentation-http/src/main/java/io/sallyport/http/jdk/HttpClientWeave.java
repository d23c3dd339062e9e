package io.sallyport.http.jdk;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code jdk.internal.net.http.HttpClientImpl}: the class behind every {@code HttpClient} of the JDK. */
final class HttpClientWeave implements WeavePoint {

    static final String TYPE = "jdk.internal.net.http.HttpClientImpl";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(named("send").and(isPublic()).and(takesArguments(2)), "io.sallyport.http.jdk.SendAdvice")
                .call(
                        named("sendAsync").and(isPublic()).and(takesArguments(3)),
                        "io.sallyport.http.jdk.SendAsyncAdvice");
    }
}
