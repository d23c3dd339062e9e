package io.sallyport.http.apache4;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code HttpRequestWrapper}: one for each redirect of a call, the same for its retries. */
final class RequestWrapperWeave implements WeavePoint {

    static final String TYPE = "org.apache.http.client.methods.HttpRequestWrapper";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state();
    }
}
