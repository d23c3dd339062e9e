package io.sallyport.jdbc.vendor;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.sql.Driver;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * URLs of H2: {@code mem:}, {@code file:} and file names, {@code tcp:} and {@code ssl:} with one or more hosts; settings after
 * {@code ;} and in properties, in any case (see {@code org.h2.engine.ConnectionInfo}).
 */
final class H2UrlReader {

    static final H2UrlReader INSTANCE = new H2UrlReader();
    private static final int PORT = 9092;

    private H2UrlReader() {}

    ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        Map<String, String> settings = new TreeMap<>();
        Settings.of(info).forEach((name, value) -> settings.put(name.toUpperCase(Locale.ROOT), value));
        int semicolon = url.indexOf(';');
        String base = semicolon < 0 ? url : url.substring(0, semicolon);
        if (semicolon >= 0) {
            settings(url.substring(semicolon + 1), settings);
        }
        String user = settings.getOrDefault("USER", "");
        String name = base.length() < 8 ? "" : base.substring("jdbc:h2:".length());
        if (name.startsWith("tcp:") || name.startsWith("ssl:")) {
            return new ConnectUrl(remote(name), settings, user);
        }
        Target target = new Target(Target.Protocol.JDBC, "h2", List.of(), name, "jdbc:h2:" + name);
        return new ConnectUrl(target, settings, user);
    }

    private static void settings(String list, Map<String, String> into) {
        StringBuilder setting = new StringBuilder();
        for (int i = 0; i <= list.length(); i++) {
            char c = i < list.length() ? list.charAt(i) : ';';
            if (c == '\\' && i + 1 < list.length()) {
                setting.append(list.charAt(++i));
            } else if (c == ';') {
                int eq = setting.indexOf("=");
                if (eq > 0) {
                    Settings.put(into, setting.substring(0, eq).toUpperCase(Locale.ROOT), setting.substring(eq + 1));
                }
                setting.setLength(0);
            } else {
                setting.append(c);
            }
        }
    }

    private static Target remote(String name) {
        String scheme = name.substring(0, 4);
        String rest = name.substring(4);
        while (rest.startsWith("/")) {
            rest = rest.substring(1);
        }
        int slash = rest.indexOf('/');
        List<Endpoint> endpoints = Endpoints.parse(slash < 0 ? rest : rest.substring(0, slash), PORT);
        String database = slash < 0 ? "" : rest.substring(slash + 1);
        String url = "jdbc:h2:" + scheme + "//" + Endpoints.join(endpoints, PORT) + "/" + database;
        return new Target(Target.Protocol.JDBC, "h2", endpoints, database, url);
    }
}
