package io.sallyport.jdbc.sample.pool;

import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Spring's proxy that joins transactions, over a pool. */
public final class SpringTransactionAware implements Function<Properties, DataSource> {

    @Override
    public DataSource apply(Properties settings) {
        return new TransactionAwareDataSourceProxy(new Dbcp2().apply(settings));
    }
}
