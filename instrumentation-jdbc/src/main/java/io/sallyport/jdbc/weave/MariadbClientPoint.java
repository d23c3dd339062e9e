package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** MariaDB Connector/J's {@code StandardClient}: physical connections, authentication, and where all commands leave. */
public final class MariadbClientPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
