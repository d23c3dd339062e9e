package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code START_REPLICATION} of pgjdbc's replication API, on connections that the policy admits with {@code postgresql:replication}. */
public final class PgReplicationPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.postgresql.core.v3.replication.V3ReplicationProtocol");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("initializeReplication").and(takesArgument(0, String.class)), Advices.PG_REPLICATION);
    }
}
