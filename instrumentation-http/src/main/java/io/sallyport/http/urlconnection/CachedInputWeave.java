package io.sallyport.http.urlconnection;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpURLConnection.HttpInputStream}: the body of an answer, which may be written to a cache while it is read. */
final class CachedInputWeave implements WeavePoint {

    static final String TYPE = HttpUrlConnectionWeave.TYPE + "$HttpInputStream";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("ensureOpen"), "io.sallyport.http.urlconnection.CacheAdvice");
    }
}
