package io.sallyport.jdbc.sample.pool;

import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** Tomcat JDBC, with its statement cache. */
public final class TomcatJdbc implements Function<Properties, DataSource> {

    @Override
    public DataSource apply(Properties settings) {
        PoolProperties pool = new PoolProperties();
        pool.setDriverClassName("org.postgresql.Driver");
        pool.setUrl(settings.getProperty("url"));
        pool.setUsername(settings.getProperty("user"));
        pool.setPassword(settings.getProperty("password"));
        pool.setInitialSize(0);
        pool.setMaxActive(1);
        pool.setValidationQuery("SELECT 1");
        pool.setTestOnBorrow(true);
        pool.setValidationInterval(0);
        pool.setJdbcInterceptors("ConnectionState;StatementFinalizer;StatementCache(prepared=true,callable=true)");
        return new org.apache.tomcat.jdbc.pool.DataSource(pool);
    }
}
