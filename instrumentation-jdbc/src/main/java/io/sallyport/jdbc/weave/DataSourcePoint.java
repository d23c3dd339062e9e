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
        return named("org.h2.jdbcx.JdbcDataSource");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                namedOneOf("getConnection", "getXAConnection", "getPooledConnection")
                        .and(isPublic()),
                Advices.DATA_SOURCE);
    }
}
