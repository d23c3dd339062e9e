package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** MariaDB Connector/J's {@code StandardClient}: physical connections, authentication, and where all commands leave. */
public final class MariadbClientPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.mariadb.jdbc.client.impl.StandardClient");
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(named("setupConnection"), Advices.MARIADB_SETUP)
                .call(named("handleAuthentication"), Advices.MARIADB_CREDENTIALS)
                .call(named("sendQuery").and(takesArguments(1)), Advices.MARIADB_SEND_QUERY);
    }
}
