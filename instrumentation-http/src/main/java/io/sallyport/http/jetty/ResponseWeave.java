package io.sallyport.http.jetty;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpResponse}, which collects the fields behind a body. */
final class ResponseWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.transport.HttpResponse";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("trailer"), "io.sallyport.http.jetty.TrailerAdvice");
    }
}
