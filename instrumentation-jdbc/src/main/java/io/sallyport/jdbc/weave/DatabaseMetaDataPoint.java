package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.MethodInfo;
import io.sallyport.weaving.match.TypeInfo;

/** {@code java.sql.DatabaseMetaData}: catalogue queries that a driver runs on its own account. */
public final class DatabaseMetaDataPoint implements WeavePoint {

    /** What some drivers ask the server for. */
    private static final Match<MethodInfo> ASKS = namedOneOf(
            "getUserName",
            "getSQLKeywords",
            "getDatabaseProductVersion",
            "getDatabaseMajorVersion",
            "getDatabaseMinorVersion",
            "isReadOnly",
            "getNumericFunctions",
            "getStringFunctions",
            "getSystemFunctions",
            "getTimeDateFunctions",
            "getMaxConnections",
            "getDefaultTransactionIsolation");

    @Override
    public Match<? super TypeInfo> types() {
        return DriverTypes.implementing("java.sql.DatabaseMetaData");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                isPublic()
                        .and(not(isStatic()))
                        .and(not(named("getConnection")))
                        .and(DriverTypes.returning("java.sql.ResultSet").or(ASKS)),
                Advices.DATABASE_META_DATA);
    }
}
