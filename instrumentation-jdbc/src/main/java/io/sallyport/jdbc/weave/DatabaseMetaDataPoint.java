package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code java.sql.DatabaseMetaData}: catalogue queries that a driver runs on its own account. */
public final class DatabaseMetaDataPoint implements WeavePoint {

    /** What some drivers ask the server for. */
    private static final ElementMatcher.Junction<MethodDescription> ASKS = namedOneOf(
            "getUserName",
            "getSQLKeywords",
            "getDatabaseProductVersion",
            "getNumericFunctions",
            "getStringFunctions",
            "getSystemFunctions",
            "getTimeDateFunctions",
            "getMaxConnections",
            "getDefaultTransactionIsolation");

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
