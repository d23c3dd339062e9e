package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** MariaDB Connector/J 2: where all its connections are made, those of data sources and of its own pool too. */
public final class MariadbConnectsPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return named("org.mariadb.jdbc.internal.util.Utils");
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("retrieveProxy").and(isStatic()), Advices.MARIADB_RETRIEVE_PROXY);
    }
}
