package io.sallyport.http.jetty;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code HttpReceiver}: reads an answer from its connection. */
final class ReceiverWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.transport.HttpReceiver";

    private static final String PACKAGE = "io.sallyport.http.jetty.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("responseHeaders"), PACKAGE + "HeadersAdvice");
    }
}
