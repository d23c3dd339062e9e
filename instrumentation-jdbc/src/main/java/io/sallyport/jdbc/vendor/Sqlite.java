package io.sallyport.jdbc.vendor;

import java.sql.Driver;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** SQLite (Xerial), always in process. */
final class Sqlite implements Vendor {

    @Override
    public ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        return GenericUrlReader.INSTANCE.read(driver, url, info);
    }

    @Override
    public List<String> sideDoors(ConnectUrl url) {
        return List.of();
    }
}
