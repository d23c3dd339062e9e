package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * {@code AbstractQueryProtocol} of MariaDB Connector/J 2, whose objects anybody can make or get from failover listeners: what it sends
 * must have come by the driver's statements.
 */
public final class MariadbCommandsPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.mariadb.jdbc.internal.protocol.AbstractQueryProtocol");
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("cmdPrologue").and(takesNoArguments()), Advices.MARIADB_COMMAND);
    }
}
