package io.sallyport.http.apache4;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code DefaultRequestDirector}: the deprecated clients without a chain. */
final class RequestDirectorWeave implements WeavePoint {

    static final String TYPE = "org.apache.http.impl.client.DefaultRequestDirector";

    private static final String PACKAGE = "io.sallyport.http.apache4.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("execute").and(takesArguments(3)), PACKAGE + "DirectorAdvice")
                .must(named("handleResponse"), PACKAGE + "FollowUpAdvice");
    }
}
