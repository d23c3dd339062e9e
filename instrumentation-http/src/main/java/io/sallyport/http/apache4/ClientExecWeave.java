package io.sallyport.http.apache4;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code MainClientExec} and {@code MinimalClientExec}: the last of a chain. */
final class ClientExecWeave implements WeavePoint {

    static final String TYPE = "org.apache.http.impl.execchain.MainClientExec";
    static final String MINIMAL = "org.apache.http.impl.execchain.MinimalClientExec";

    private static final String PACKAGE = "io.sallyport.http.apache4.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE).or(named(MINIMAL));
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("execute").and(takesArguments(4)), PACKAGE + "ExecuteAdvice");
    }
}
