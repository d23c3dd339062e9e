package io.sallyport.http.tls;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code sun.security.ssl.TransportContext}: one connection's state, of an {@code SSLSocket} or an {@code SSLEngine}. */
final class TransportContextWeave implements WeavePoint {

    static final String TYPE = "sun.security.ssl.TransportContext";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("finishHandshake").and(takesNoArguments()), "io.sallyport.http.tls.FinishHandshakeAdvice");
    }
}
