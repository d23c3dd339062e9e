package io.sallyport.jdbc.sample.pool;

import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/** datasource-proxy around a pool, with proxies down to the result sets. */
public final class DatasourceProxy implements Function<Properties, DataSource> {

    @Override
    public DataSource apply(Properties settings) {
        return ProxyDataSourceBuilder.create(new Dbcp2().apply(settings))
                .countQuery()
                .proxyResultSet()
                .build();
    }
}
