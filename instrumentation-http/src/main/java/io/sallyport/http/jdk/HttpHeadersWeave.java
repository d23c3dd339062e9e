package io.sallyport.http.jdk;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code java.net.http.HttpHeaders}: those of a masked response know what of them is still true. */
final class HttpHeadersWeave implements WeavePoint {

    static final String TYPE = "java.net.http.HttpHeaders";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state();
    }
}
