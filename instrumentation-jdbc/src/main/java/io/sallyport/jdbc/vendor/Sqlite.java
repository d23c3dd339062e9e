package io.sallyport.jdbc.vendor;

import io.sallyport.core.command.Target;
import java.sql.Driver;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SQLite (Xerial), always in process: {@code jdbc:sqlite:name?setting=value}. */
final class Sqlite implements Vendor {

    private static final String PREFIX = "jdbc:sqlite:";
    private static final String RESOURCE = ":resource:";

    /** Extensions are native code; a resource of a URL is fetched over the network by the driver itself. */
    private static final SideDoors DOORS = SideDoors.of("enable_load_extension", "resource");

    @Override
    public ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        Map<String, String> settings = new TreeMap<>();
        Settings.of(info).forEach((name, value) -> settings.put(name.toLowerCase(Locale.ROOT), value));
        int query = url.indexOf('?');
        String base = (query < 0 ? url : url.substring(0, query)).strip();
        if (query >= 0) {
            Map<String, String> named = new TreeMap<>();
            Settings.parseQuery(url.substring(query + 1), named);
            named.forEach((name, value) -> settings.put(name.toLowerCase(Locale.ROOT), value));
        }
        String name = base.length() < PREFIX.length() ? "" : base.substring(PREFIX.length());
        if (name.startsWith(RESOURCE) && name.contains("://")) {
            settings.put("resource", "url");
        }
        Target target = new Target(Target.Protocol.JDBC, "sqlite", List.of(), name, PREFIX + name);
        return new ConnectUrl(target, settings, "");
    }

    @Override
    public List<String> sideDoors(ConnectUrl url) {
        return DOORS.open(url);
    }
}
