package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code PgConnection}: whose executor it hands out, its cancel, and the objects that it builds of values for applications' classes. */
public final class PgConnectionPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.postgresql.jdbc.PgConnection");
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(named("getQueryExecutor").and(takesNoArguments()), Advices.PG_OWN_EXECUTOR)
                .call(named("getReplicationProtocol").and(takesNoArguments()), Advices.PG_REPLICATION_OWNER)
                .call(named("cancelQuery").and(takesNoArguments()), Advices.PG_CANCEL)
                .call(
                        named("getObject").and(takesArguments(String.class, String.class, byte[].class)),
                        Advices.PG_OBJECT);
    }
}
