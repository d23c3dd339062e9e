package io.sallyport.http.apache4;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code MainClientExec} and {@code MinimalClientExec}: the last of a chain. */
final class ClientExecWeave implements WeavePoint {

    static final String TYPE = "org.apache.http.impl.execchain.MainClientExec";
    static final String MINIMAL = "org.apache.http.impl.execchain.MinimalClientExec";

    private static final String PACKAGE = "io.sallyport.http.apache4.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE).or(named(MINIMAL));
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("execute").and(takesArguments(4)), PACKAGE + "ExecuteAdvice");
    }
}
