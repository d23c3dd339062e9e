package io.sallyport.jdbc.sample.pool;

import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Spring's data source without a pool. */
public final class SpringDriverManager implements Function<Properties, DataSource> {

    @Override
    public DataSource apply(Properties settings) {
        DriverManagerDataSource source = new DriverManagerDataSource(
                settings.getProperty("url"), settings.getProperty("user"), settings.getProperty("password"));
        source.setDriverClassName("org.postgresql.Driver");
        return source;
    }
}
