package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code PgConnection}: whose executor it hands out, its cancel, and the objects that it builds of values for applications' classes. */
public final class PgConnectionPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
