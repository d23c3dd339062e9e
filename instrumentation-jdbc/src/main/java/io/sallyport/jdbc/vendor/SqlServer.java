package io.sallyport.jdbc.vendor;

import java.sql.Driver;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Microsoft's driver for SQL Server. No server runs where this project is built. */
final class SqlServer implements Vendor {

    @Override
    public boolean proven() {
        return false;
    }

    @Override
    public ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        return GenericUrlReader.INSTANCE.read(driver, url, info);
    }

    @Override
    public List<String> sideDoors(ConnectUrl url) {
        return List.of();
    }
}
