package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code PgConnection.getQueryExecutor()}: whose executor it is. */
public final class PgConnectionPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.postgresql.jdbc.PgConnection");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(named("getQueryExecutor").and(takesNoArguments()), Advices.PG_OWN_EXECUTOR);
    }
}
