package io.sallyport.http.jetty;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpReceiver}: reads an answer from its connection. */
final class ReceiverWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.transport.HttpReceiver";

    private static final String PACKAGE = "io.sallyport.http.jetty.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("responseHeaders"), PACKAGE + "HeadersAdvice");
    }
}
