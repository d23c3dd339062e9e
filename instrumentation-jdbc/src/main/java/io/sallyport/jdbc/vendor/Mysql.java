package io.sallyport.jdbc.vendor;

import java.sql.Driver;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** MySQL Connector/J. */
final class Mysql implements Vendor {

    private static final SideDoors DOORS = SideDoors.of(
            "autoDeserialize",
            "allowLoadLocalInfile",
            "allowLoadLocalInfileInPath",
            "allowUrlInLocalInfile",
            "queryInterceptors",
            "socketFactory",
            "allowMultiQueries");

    @Override
    public ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        return GenericUrlReader.INSTANCE.read(driver, url, info);
    }

    @Override
    public List<String> sideDoors(ConnectUrl url) {
        return DOORS.open(url);
    }
}
