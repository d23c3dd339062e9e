package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** MariaDB Connector/J's connect with a parsed configuration, static: in {@code Driver} or, since 3.5, in its superclass. */
public final class MariadbDriverPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
