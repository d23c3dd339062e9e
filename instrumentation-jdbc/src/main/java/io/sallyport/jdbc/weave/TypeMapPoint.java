package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;
import static io.sallyport.weaving.match.Matchers.isPublic;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * Getters that can hand a value to a class of the application's, by a type map or a vendor's factory. The drivers that are proven do not: pgjdbc,
 * MySQL's, MariaDB's, H2's and SQLite's refuse type maps or read past them, and pgjdbc's own way is {@link PgConnectionPoint}'s.
 */
public final class TypeMapPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return DriverTypes.implementing("java.sql.ResultSet")
                .or(DriverTypes.implementing("java.sql.CallableStatement"))
                .and(not(nameStartsWith("org.postgresql.")))
                .and(not(nameStartsWith("com.mysql.")))
                .and(not(nameStartsWith("org.mariadb.")))
                .and(not(nameStartsWith("org.h2.")))
                .and(not(nameStartsWith("org.sqlite.")));
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(
                        isPublic()
                                .and(namedOneOf(
                                        "getObject",
                                        "getArray",
                                        "getRef",
                                        // Oracle's.
                                        "getARRAY",
                                        "getSTRUCT",
                                        "getREF",
                                        "getOPAQUE",
                                        "getORAData",
                                        "getCustomDatum",
                                        "getOracleObject",
                                        "getAnyDataEmbeddedObject"))
                                .and(takesArgument(0, int.class).or(takesArgument(0, String.class))),
                        Advices.TYPE_MAP);
    }
}
