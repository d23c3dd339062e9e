package io.sallyport.http.jdk;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code jdk.internal.net.http.HttpRequestImpl}: where the request that a redirect leads to is made. */
final class RedirectWeave implements WeavePoint {

    static final String TYPE = "jdk.internal.net.http.HttpRequestImpl";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("newInstanceForRedirection"), "io.sallyport.http.jdk.RedirectAdvice");
    }
}
