package io.sallyport.http.jetty;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpClient}: all that it sends ends with it. */
final class ClientWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.HttpClient";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(named("doStop").and(takesNoArguments()), "io.sallyport.http.jetty.StopAdvice");
    }
}
