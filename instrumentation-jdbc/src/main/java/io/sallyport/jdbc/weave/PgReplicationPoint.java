package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code START_REPLICATION} of pgjdbc's replication API, on connections that the policy admits with {@code postgresql:replication}. */
public final class PgReplicationPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.postgresql.core.v3.replication.V3ReplicationProtocol");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("initializeReplication").and(takesArgument(0, String.class)), Advices.PG_REPLICATION);
    }
}
