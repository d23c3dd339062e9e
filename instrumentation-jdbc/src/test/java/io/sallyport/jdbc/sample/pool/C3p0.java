package io.sallyport.jdbc.sample.pool;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;

/** c3p0, with its statement cache. */
public final class C3p0 implements Function<Properties, DataSource> {

    @Override
    public DataSource apply(Properties settings) {
        ComboPooledDataSource source = new ComboPooledDataSource();
        source.setJdbcUrl(settings.getProperty("url"));
        source.setUser(settings.getProperty("user"));
        source.setPassword(settings.getProperty("password"));
        source.setInitialPoolSize(1);
        source.setMinPoolSize(1);
        source.setMaxPoolSize(1);
        source.setAcquireRetryAttempts(1);
        source.setNumHelperThreads(1);
        source.setPreferredTestQuery("SELECT 1");
        source.setTestConnectionOnCheckout(true);
        source.setMaxStatements(20);
        return source;
    }
}
