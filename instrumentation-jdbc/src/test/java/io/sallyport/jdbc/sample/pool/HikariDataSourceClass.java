package io.sallyport.jdbc.sample.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;

/** HikariCP over the driver's own data source, checked by {@code Connection.isValid}. */
public final class HikariDataSourceClass implements Function<Properties, DataSource> {

    @Override
    public DataSource apply(Properties settings) {
        HikariConfig config = new HikariConfig();
        config.setDataSourceClassName("org.postgresql.ds.PGSimpleDataSource");
        config.addDataSourceProperty("url", settings.getProperty("url"));
        config.setUsername(settings.getProperty("user"));
        config.setPassword(settings.getProperty("password"));
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }
}
