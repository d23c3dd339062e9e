package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** H2's way from a connection to the engine below it. */
public final class H2ConnectionPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.h2.jdbc.JdbcConnection");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(named("getSession").and(takesNoArguments()), Advices.H2_SESSION);
    }
}
