package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Data sources that open connections without asking a {@code Driver}; every other data source ends in {@code Driver.connect}. */
public final class DataSourcePoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf("org.h2.jdbcx.JdbcDataSource", "com.microsoft.sqlserver.jdbc.SQLServerDataSource");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                namedOneOf("getConnection", "getXAConnection", "getPooledConnection")
                        .and(isPublic())
                        // Where all of them end, pooled and XA connections too.
                        .or(named("getConnectionInternal")),
                Advices.DATA_SOURCE);
    }
}
