package io.sallyport.jdbc.vendor;

import java.sql.Driver;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A driver that nobody here has read. Its settings are what the generic reader makes of them. */
final class UnknownVendor implements Vendor {

    @Override
    public boolean isKnown() {
        return false;
    }

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
