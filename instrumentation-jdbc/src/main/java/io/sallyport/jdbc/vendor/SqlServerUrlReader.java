package io.sallyport.jdbc.vendor;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code jdbc:sqlserver://host\instance:port;name=value;name={value with ; and }}}}. Names are read in any case and by their
 * synonyms; properties win over the URL, and a setting over what stands before it (driver class {@code SQLServerDriver}). Where a
 * host is named twice, both count. The port of a named instance is what the server's browser service says, so it is unknown.
 */
final class SqlServerUrlReader {

    private static final int PORT = 1433;
    private static final String PREFIX = "jdbc:sqlserver://";
    private static final Map<String, String> SYNONYMS = Map.of(
            "server", "servername",
            "port", "portnumber",
            "database", "databasename",
            "username", "user",
            "userid", "user");

    private SqlServerUrlReader() {}

    static ConnectUrl read(String url, Properties info) {
        Map<String, String> settings = new TreeMap<>();
        String rest = url.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) ? url.substring(PREFIX.length()) : "";
        int semicolon = rest.indexOf(';');
        String authority = semicolon < 0 ? rest : rest.substring(0, semicolon);
        if (semicolon >= 0) {
            parse(rest.substring(semicolon + 1), settings);
        }
        Settings.of(info).forEach((name, value) -> Settings.put(settings, canonical(name), value));

        Set<Endpoint> endpoints = new LinkedHashSet<>();
        String port = settings.get("portnumber");
        String instance = settings.get("instancename");
        if (!authority.isEmpty() || settings.get("servername") == null) {
            endpoints.add(endpoint(authority, port, instance));
        }
        if (settings.get("servername") != null) {
            endpoints.add(endpoint(settings.get("servername"), port, instance));
        }
        if (settings.get("failoverpartner") != null) {
            endpoints.add(endpoint(settings.get("failoverpartner"), null, null));
        }
        List<Endpoint> all = List.copyOf(endpoints);
        String database = settings.getOrDefault("databasename", "");
        Target target = new Target(
                Target.Protocol.JDBC, "sqlserver", all, database, PREFIX + Endpoints.join(all, PORT) + "/" + database);
        return new ConnectUrl(target, settings, settings.getOrDefault("user", ""));
    }

    /** {@code host}, {@code host:port}, {@code host\instance}, {@code host\instance:port}, {@code host,port}. */
    private static Endpoint endpoint(String server, @Nullable String port, @Nullable String instance) {
        String address = server.replace(',', ':').strip();
        int backslash = address.indexOf('\\');
        boolean named = backslash >= 0 || instance != null;
        if (backslash >= 0) {
            int colon = address.indexOf(':', backslash);
            address = address.substring(0, backslash) + (colon < 0 ? "" : address.substring(colon));
        }
        int otherwise = port != null ? Endpoints.port(port, PORT) : named ? 0 : PORT;
        return Endpoints.parse(address, otherwise).get(0);
    }

    private static void parse(String list, Map<String, String> into) {
        int i = 0;
        while (i < list.length()) {
            int equals = list.indexOf('=', i);
            if (equals < 0) {
                return;
            }
            String name = list.substring(i, equals).strip();
            StringBuilder value = new StringBuilder();
            i = value(list, equals + 1, value);
            Settings.put(into, canonical(name), value.toString().strip());
        }
    }

    /** @return where the next setting begins */
    private static int value(String list, int from, StringBuilder into) {
        int i = from;
        if (i < list.length() && list.charAt(i) == '{') {
            for (i++; i < list.length(); i++) {
                if (list.charAt(i) == '}') {
                    boolean escaped = i + 1 < list.length() && list.charAt(i + 1) == '}';
                    if (!escaped) {
                        break;
                    }
                    i++;
                }
                into.append(list.charAt(i));
            }
            int end = list.indexOf(';', i);
            return end < 0 ? list.length() : end + 1;
        }
        int end = list.indexOf(';', i);
        into.append(list, i, end < 0 ? list.length() : end);
        return end < 0 ? list.length() : end + 1;
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SYNONYMS.getOrDefault(lower, lower);
    }
}
