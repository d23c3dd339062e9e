package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** MariaDB Connector/J's clients over several hosts. */
public final class MariadbClientsPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.mariadb.jdbc.client.impl.MultiPrimaryClient");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(named("connectHost"), Advices.MARIADB_CONNECT_HOST);
    }
}
