package io.sallyport.http.apache5;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** The asynchronous runtimes: one object for each call. */
final class AsyncExecRuntimeWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.client5.http.impl.async.InternalHttpAsyncExecRuntime";
    static final String HTTP2 = "org.apache.hc.client5.http.impl.async.InternalH2AsyncExecRuntime";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE).or(named(HTTP2));
    }

    @Override
    public void weave(Weave weave) {
        weave.state();
    }
}
