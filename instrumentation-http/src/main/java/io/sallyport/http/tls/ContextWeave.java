package io.sallyport.http.tls;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code sun.security.ssl.SSLContextImpl}: whose trust managers a context has. */
final class ContextWeave implements WeavePoint {

    static final String TYPE = "sun.security.ssl.SSLContextImpl";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("engineInit").and(takesArguments(3)), "io.sallyport.http.tls.ContextInitAdvice");
    }
}
