package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** MariaDB Connector/J's clients over several hosts. */
public final class MariadbClientsPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.mariadb.jdbc.client.impl.MultiPrimaryClient");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(named("connectHost"), Advices.MARIADB_CONNECT_HOST);
    }
}
