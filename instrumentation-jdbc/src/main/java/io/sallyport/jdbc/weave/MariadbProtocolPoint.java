package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code AbstractConnectProtocol} of MariaDB Connector/J 2.7: its socket, and authentication. */
public final class MariadbProtocolPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.mariadb.jdbc.internal.protocol.AbstractConnectProtocol");
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(named("assignStream"), Advices.MARIADB_ASSIGN_STREAM)
                .call(named("authenticationHandler"), Advices.MARIADB_AUTHENTICATION);
    }
}
