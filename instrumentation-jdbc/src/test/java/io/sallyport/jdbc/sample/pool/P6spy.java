package io.sallyport.jdbc.sample.pool;

import com.p6spy.engine.spy.P6DataSource;
import com.p6spy.engine.spy.P6SpyOptions;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;

/** p6spy around a pool. */
public final class P6spy implements Function<Properties, DataSource> {

    static {
        // Otherwise it writes spy.log into the working directory.
        System.setProperty("p6spy.config.appender", "com.p6spy.engine.spy.appender.Slf4JLogger");
        P6SpyOptions.getActiveInstance().setAppender("com.p6spy.engine.spy.appender.Slf4JLogger");
    }

    @Override
    public DataSource apply(Properties settings) {
        return new P6DataSource(new Dbcp2().apply(settings));
    }
}
