package io.sallyport.jdbc.vendor;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.sql.Driver;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * URLs of drivers without a reader of their own: {@code jdbc:vendor:…//host:port/database} with settings after {@code ?} or
 * {@code ;}. What cannot be read counts as one unknown host, never as in-process, since in-process databases are exempt from TLS.
 */
final class GenericUrlReader {

    static final GenericUrlReader INSTANCE = new GenericUrlReader();
    private static final Endpoint UNKNOWN = new Endpoint("unknown", 0);
    private static final Set<String> ALWAYS_IN_PROCESS = Set.of("sqlite", "duckdb", "sallyport-canary");
    private static final Map<String, Integer> PORTS =
            Map.of("mysql", 3306, "mariadb", 3306, "sqlserver", 1433, "oracle", 1521, "db2", 50000);

    private GenericUrlReader() {}

    ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        String vendor = Vendor.nameIn(url);
        Map<String, String> settings = Settings.of(info);
        String base = url;
        int cut = firstOf(url, "?;");
        if (cut < url.length()) {
            base = url.substring(0, cut);
            Settings.parseQuery(url.substring(cut + 1).replace(';', '&'), settings);
        }
        String user = settings.getOrDefault("user", settings.getOrDefault("username", ""));
        return new ConnectUrl(target(vendor, base, settings), settings, user);
    }

    private static Target target(String vendor, String url, Map<String, String> settings) {
        String base = withoutCredentials(url);
        int port = PORTS.getOrDefault(vendor, 0);
        int slashes = base.indexOf("//");
        if (slashes < 0) {
            List<Endpoint> endpoints = ALWAYS_IN_PROCESS.contains(vendor) ? List.of() : List.of(UNKNOWN);
            String name = base.substring(Math.min(base.length(), vendor.length() + 6));
            return new Target(Target.Protocol.JDBC, vendor, endpoints, name, base);
        }
        String rest = base.substring(slashes + 2);
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        List<Endpoint> endpoints = Endpoints.parse(authority, port);
        String database = slash < 0
                ? settings.getOrDefault("databaseName", settings.getOrDefault("database", ""))
                : rest.substring(slash + 1);
        String normalised = base.substring(0, slashes + 2) + Endpoints.join(endpoints, port) + "/" + database;
        return new Target(Target.Protocol.JDBC, vendor, endpoints, database, normalised);
    }

    /**
     * Drops {@code user:password@} behind {@code ://}, and {@code user/password} before {@code @} in the style of Oracle. A password
     * can hold any character, so everything up to the last {@code @} goes.
     */
    private static String withoutCredentials(String base) {
        int at = base.lastIndexOf('@');
        if (at < 0) {
            return base;
        }
        int authority = base.indexOf("://");
        if (authority >= 0 && authority < at) {
            return base.substring(0, authority + 3) + base.substring(at + 1);
        }
        int vendorEnd = base.indexOf(':', 5);
        int kindEnd = base.indexOf(':', vendorEnd + 1);
        int start = kindEnd >= 0 && kindEnd < at ? kindEnd + 1 : vendorEnd + 1;
        return base.substring(0, start) + base.substring(at);
    }

    private static int firstOf(String text, String any) {
        for (int i = 0; i < text.length(); i++) {
            if (any.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
