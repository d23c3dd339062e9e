package io.sallyport.http.jetty;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code HttpResponse}, which collects the fields behind a body. */
final class ResponseWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.transport.HttpResponse";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("trailer"), "io.sallyport.http.jetty.TrailerAdvice");
    }
}
