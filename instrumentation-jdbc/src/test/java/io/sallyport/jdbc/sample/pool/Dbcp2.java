package io.sallyport.jdbc.sample.pool;

import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;

/** Commons DBCP 2, with its pool of prepared statements. */
public final class Dbcp2 implements Function<Properties, DataSource> {

    @Override
    public DataSource apply(Properties settings) {
        BasicDataSource source = new BasicDataSource();
        source.setUrl(settings.getProperty("url"));
        source.setUsername(settings.getProperty("user"));
        source.setPassword(settings.getProperty("password"));
        source.setMaxTotal(1);
        source.setValidationQuery("SELECT 1");
        source.setTestOnBorrow(true);
        source.setPoolPreparedStatements(true);
        source.setAccessToUnderlyingConnectionAllowed(true);
        return source;
    }
}
