package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code org.mariadb.jdbc.Connection.getClient()}: whose client it is. */
public final class MariadbConnectionPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.mariadb.jdbc.Connection");
    }

    @Override
    public void weave(Weave weave) {
        weave.state().call(named("getClient").and(takesNoArguments()), Advices.MARIADB_OWN_CLIENT);
    }
}
