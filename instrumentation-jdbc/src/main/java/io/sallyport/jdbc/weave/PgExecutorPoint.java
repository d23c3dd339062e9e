package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** pgjdbc's {@code QueryExecutorImpl}, which {@code PgConnection.getQueryExecutor()} hands to anybody. */
public final class PgExecutorPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.postgresql.core.v3.QueryExecutorImpl");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(isPublic().and(namedOneOf("execute", "startCopy", "fastpathCall")), Advices.PG_EXECUTOR);
    }
}
