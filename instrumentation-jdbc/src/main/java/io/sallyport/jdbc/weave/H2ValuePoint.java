package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.namedOneOf;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** H2's values that lead to its engine: LOBs to the database that keeps them, the results of functions of 1.4 to rows. */
public final class H2ValuePoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(
                "org.h2.value.lob.LobData",
                "org.h2.value.lob.LobDataDatabase",
                "org.h2.value.lob.LobDataFetchOnDemand",
                "org.h2.value.lob.LobDataFile",
                "org.h2.value.ValueResultSet");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(namedOneOf("getDataHandler", "getResult")), Advices.DRIVER_ONLY);
    }
}
