package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** MariaDB Connector/J's connect with a parsed configuration, static: in {@code Driver} or, since 3.5, in its superclass. */
public final class MariadbDriverPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf("org.mariadb.jdbc.Driver", "org.mariadb.jdbc.NonRegisteringDriver");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                named("connect")
                        .and(isStatic())
                        .and(takesArguments(1))
                        .and(takesArgument(0, named("org.mariadb.jdbc.Configuration"))),
                Advices.MARIADB_CONNECT);
    }
}
