package io.sallyport.http.jdk;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code java.net.http.HttpHeaders}: those of a masked response know what of them is still true. */
final class HttpHeadersWeave implements WeavePoint {

    static final String TYPE = "java.net.http.HttpHeaders";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state();
    }
}
