package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** pgjdbc's {@code QueryExecutorImpl}, which {@code PgConnection.getQueryExecutor()} hands to anybody. */
public final class PgExecutorPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.postgresql.core.v3.QueryExecutorImpl");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(isPublic().and(namedOneOf("execute", "startCopy", "fastpathCall")), Advices.PG_EXECUTOR);
    }
}
