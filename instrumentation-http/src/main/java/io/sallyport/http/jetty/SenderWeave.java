package io.sallyport.http.jetty;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * {@code HttpSender}, one for each version of HTTP: writes a request. The listeners of a request are told of its body only when that is written, and
 * the answer may be there first.
 */
final class SenderWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.transport.internal.HttpSenderOverHTTP";
    static final String HTTP2 = "org.eclipse.jetty.http2.client.transport.internal.HttpSenderOverHTTP2";

    private static final String PACKAGE = "io.sallyport.http.jetty.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE).or(named(HTTP2));
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("sendHeaders").and(takesArguments(4)), PACKAGE + "SentHeadAdvice")
                .call(named("sendContent").and(takesArguments(4)), PACKAGE + "SentContentAdvice");
    }
}
