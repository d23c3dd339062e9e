package io.sallyport.jdbc.connect;

import java.sql.Driver;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Reads the URLs of one vendor. Stateless. */
interface UrlReader {

    /**
     * @param driver the driver that accepts {@code url}, where there is one
     * @param info the properties given with the URL; never changed
     */
    ConnectUrl read(@Nullable Driver driver, String url, Properties info);

    /** The reader of a vendor's URLs. */
    static UrlReader of(String vendor) {
        return switch (vendor) {
            case "postgresql" -> PostgresqlUrlReader.INSTANCE;
            case "h2" -> H2UrlReader.INSTANCE;
            default -> GenericUrlReader.INSTANCE;
        };
    }

    /** The sub-protocol of a JDBC URL in lower case; empty for anything else. */
    static String vendorOf(String url) {
        if (!url.regionMatches(true, 0, "jdbc:", 0, 5)) {
            return "";
        }
        int end = url.indexOf(':', 5);
        return end < 0 ? "" : url.substring(5, end).toLowerCase(Locale.ROOT);
    }
}
