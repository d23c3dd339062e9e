package io.sallyport.jdbc.sample.pool;

import com.p6spy.engine.spy.P6SpyDriver;
import com.p6spy.engine.spy.P6SpyOptions;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** p6spy as a driver, by its own URL. */
public final class P6spyDriver implements Function<Properties, DataSource> {

    @Override
    public DataSource apply(Properties settings) {
        System.setProperty("p6spy.config.appender", "com.p6spy.engine.spy.appender.Slf4JLogger");
        P6SpyOptions.getActiveInstance().setAppender("com.p6spy.engine.spy.appender.Slf4JLogger");
        return new SimpleDriverDataSource(
                new P6SpyDriver(),
                settings.getProperty("url").replaceFirst("^jdbc:", "jdbc:p6spy:"),
                settings.getProperty("user"),
                settings.getProperty("password"));
    }
}
