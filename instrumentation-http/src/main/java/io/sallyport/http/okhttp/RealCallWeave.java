package io.sallyport.http.okhttp;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code RealCall}: the class behind every {@code Call}. */
final class RealCallWeave implements WeavePoint {

    static final String TYPE = "okhttp3.internal.connection.RealCall";
    static final String TYPE_IN_3 = "okhttp3.RealCall";

    private static final String PACKAGE = "io.sallyport.http.okhttp.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE).or(named(TYPE_IN_3));
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named("enqueue").and(takesArguments(1)), PACKAGE + "EnqueueAdvice")
                .must(named("cancel").and(takesNoArguments()), PACKAGE + "CancelAdvice");
    }
}
