package io.sallyport.http.apache4;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code DefaultRequestDirector}: the deprecated clients without a chain. */
final class RequestDirectorWeave implements WeavePoint {

    static final String TYPE = "org.apache.http.impl.client.DefaultRequestDirector";

    private static final String PACKAGE = "io.sallyport.http.apache4.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("execute").and(takesArguments(3)), PACKAGE + "DirectorAdvice")
                .must(named("handleResponse"), PACKAGE + "FollowUpAdvice");
    }
}
