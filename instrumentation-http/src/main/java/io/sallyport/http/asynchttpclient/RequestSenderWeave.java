package io.sallyport.http.asynchttpclient;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code NettyRequestSender}: every request of a call passes its {@code sendRequest}. */
final class RequestSenderWeave implements WeavePoint {

    static final String TYPE = "org.asynchttpclient.netty.request.NettyRequestSender";

    private static final String PACKAGE = "io.sallyport.http.asynchttpclient.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named("sendRequest").and(takesArguments(3)), PACKAGE + "SendAdvice")
                .call(named("writeRequest").and(takesArguments(2)), PACKAGE + "WriteAdvice")
                .call(named("sendHttp2Frames").and(takesArguments(2)), PACKAGE + "WriteFramesAdvice");
    }
}
