package io.sallyport.http.apache5;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code DefaultBHttpClientConnection} of HttpCore: a blocking connection, which knows its socket. */
final class ClientConnectionWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("sendRequestHeader"), "io.sallyport.http.apache5.HeadAdvice")
                .must(named("sendRequestEntity"), "io.sallyport.http.apache5.BodyWrittenAdvice");
    }
}
