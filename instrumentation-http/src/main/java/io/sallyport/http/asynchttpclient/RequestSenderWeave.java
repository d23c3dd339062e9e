package io.sallyport.http.asynchttpclient;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code NettyRequestSender}: every request of a call passes its {@code sendRequest}. */
final class RequestSenderWeave implements WeavePoint {

    static final String TYPE = "org.asynchttpclient.netty.request.NettyRequestSender";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("sendRequest").and(takesArguments(3)), "io.sallyport.http.asynchttpclient.SendAdvice");
    }
}
