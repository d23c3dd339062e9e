package io.sallyport.http.apache4;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpRequestWrapper}: one for each redirect of a call, the same for its retries. */
final class RequestWrapperWeave implements WeavePoint {

    static final String TYPE = "org.apache.http.client.methods.HttpRequestWrapper";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state();
    }
}
