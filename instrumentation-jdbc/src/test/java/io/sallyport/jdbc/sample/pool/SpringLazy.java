package io.sallyport.jdbc.sample.pool;

import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** Spring's proxy that connects at the first statement, over a pool. */
public final class SpringLazy implements Function<Properties, DataSource> {

    @Override
    public DataSource apply(Properties settings) {
        return new LazyConnectionDataSourceProxy(new Hikari().apply(settings));
    }
}
