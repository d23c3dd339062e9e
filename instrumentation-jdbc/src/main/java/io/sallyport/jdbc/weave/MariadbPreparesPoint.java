package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.namedOneOf;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * What MariaDB Connector/J's prepared statements run on the server, and the cache that they find it in: public for the driver's own
 * classes, and whoever has them may put another statement in the place of the one that was judged.
 */
public final class MariadbPreparesPoint implements WeavePoint {

    public static final String CONTEXT = "org.mariadb.jdbc.client.context.BaseContext";

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf("org.mariadb.jdbc.BasePreparedStatement", CONTEXT);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                isPublic().and(namedOneOf("setPrepareResult", "getPrepareCacheCmd", "putPrepareCacheCmd")),
                Advices.DRIVER_ONLY);
    }
}
