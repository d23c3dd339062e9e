package io.sallyport.http.asynchttpclient;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code DefaultAsyncHttpClient}: has one sender for all its calls. */
final class ClientWeave implements WeavePoint {

    static final String TYPE = "org.asynchttpclient.DefaultAsyncHttpClient";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("close").and(takesNoArguments()), "io.sallyport.http.asynchttpclient.CloseAdvice");
    }
}
