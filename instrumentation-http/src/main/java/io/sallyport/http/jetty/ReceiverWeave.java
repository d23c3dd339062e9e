package io.sallyport.http.jetty;

import static io.sallyport.weaving.match.Matchers.nameStartsWith;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;

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
        // What the method itself does: it may be put off, and the fields are not there before.
        weave.must(
                nameStartsWith("lambda$responseHeaders$")
                        .and(takesArgument(0, named("org.eclipse.jetty.client.transport.HttpExchange"))),
                PACKAGE + "HeadersAdvice");
    }
}
