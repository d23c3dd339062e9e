package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code org.mariadb.jdbc.Connection.getClient()}: whose client it is. */
public final class MariadbConnectionPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named("org.mariadb.jdbc.Connection");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(named("getClient").and(takesNoArguments()), Advices.MARIADB_OWN_CLIENT);
    }
}
