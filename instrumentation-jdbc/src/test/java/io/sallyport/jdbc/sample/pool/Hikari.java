package io.sallyport.jdbc.sample.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;

/** HikariCP. Keeps no statements. */
public final class Hikari implements Function<Properties, DataSource> {

    @Override
    public DataSource apply(Properties settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.getProperty("url"));
        config.setUsername(settings.getProperty("user"));
        config.setPassword(settings.getProperty("password"));
        config.setMaximumPoolSize(1);
        config.setConnectionTestQuery("SELECT 1");
        return new HikariDataSource(config);
    }
}
