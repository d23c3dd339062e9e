package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Data sources that open connections without asking a {@code Driver}; every other data source ends in {@code Driver.connect}. */
public final class DataSourcePoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
