package io.sallyport.http.jdk;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code jdk.internal.net.http.HttpRequestImpl}: the client's own object of a request. The one that a redirect leads to is made of the one before. */
final class RedirectWeave implements WeavePoint {

    static final String TYPE = "jdk.internal.net.http.HttpRequestImpl";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(named("retrieveProxy"), "io.sallyport.http.jdk.ProxyAdvice")
                .call(named("bodyPublisher").and(takesNoArguments()), "io.sallyport.http.jdk.BodyPublisherAdvice")
                .call(named("setSystemHeader").and(takesArguments(2)), "io.sallyport.http.jdk.CredentialsAdvice")
                .call(named("newInstanceForRedirection"), "io.sallyport.http.jdk.RedirectAdvice")
                .call(named("newInstanceForAuthentication"), "io.sallyport.http.jdk.AuthenticationAdvice");
    }
}
