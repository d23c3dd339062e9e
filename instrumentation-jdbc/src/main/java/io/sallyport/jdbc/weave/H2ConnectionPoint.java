package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** H2's way from a connection to the engine below it. */
public final class H2ConnectionPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.h2.jdbc.JdbcConnection");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(named("getSession").and(takesNoArguments()), Advices.H2_SESSION);
    }
}
