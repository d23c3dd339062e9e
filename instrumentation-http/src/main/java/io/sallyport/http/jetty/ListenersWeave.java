package io.sallyport.http.jetty;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code ResponseListeners}: hands an answer to who asked for it. */
final class ListenersWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.transport.ResponseListeners";

    private static final String PACKAGE = "io.sallyport.http.jetty.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("notifyContentSource").and(isPublic()), PACKAGE + "ContentAdvice");
    }
}
