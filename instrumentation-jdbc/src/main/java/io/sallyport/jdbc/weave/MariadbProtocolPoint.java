package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code AbstractConnectProtocol} of MariaDB Connector/J 2.7: its socket, and authentication. */
public final class MariadbProtocolPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.mariadb.jdbc.internal.protocol.AbstractConnectProtocol");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("assignStream"), Advices.MARIADB_ASSIGN_STREAM)
                .call(named("authenticationHandler"), Advices.MARIADB_AUTHENTICATION);
    }
}
