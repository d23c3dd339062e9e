package io.sallyport.jdbc.vendor;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.lang.reflect.InvocationTargetException;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * URLs of MariaDB Connector/J in all their forms. The driver's own parser (public: {@code Configuration} since version 3, {@code
 * UrlParser} in version 2) says what it will read, aliases and defaults included; the generic reading stands in where there is no
 * driver to ask.
 */
public final class MariadbUrlReader {

    public static final MariadbUrlReader INSTANCE = new MariadbUrlReader();
    private static final int PORT = 3306;

    private MariadbUrlReader() {}

    ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        ConnectUrl plain = GenericUrlReader.INSTANCE.read(driver, url, info);
        Object configuration = driver == null ? null : parsed(driver, url, info);
        return configuration == null
                ? plain
                : of(configuration, plain.settings(), plain.target().vendor());
    }

    /** What a parsed configuration says: {@code org.mariadb.jdbc.Configuration} or {@code UrlParser}. */
    public ConnectUrl of(Object configuration) {
        return of(configuration, Map.of(), "mariadb");
    }

    /** @param vendor the sub-protocol of the URL, which can be MySQL's: that is what a policy names */
    private static ConnectUrl of(Object configuration, Map<String, String> asGiven, String vendor) {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(asGiven);
        List<Endpoint> endpoints = new ArrayList<>();
        if (ask(configuration, "addresses", "getHostAddresses") instanceof List<?> addresses) {
            addresses.forEach(a -> endpoints.add(endpoint(configuration, a)));
        }
        Map<String, String> settings = new TreeMap<>();
        Object options = ask(configuration, "getOptions");
        // The driver ignores case in names.
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(Mariadb.DOORS.names());
        names.addAll(MariadbTls.SETTINGS);
        names.add("sessionVariables");
        names.addAll(given.keySet());
        for (String name : names) {
            Object value = options == null ? ask(configuration, name) : field(options, name);
            String text = value == null ? given.get(name) : String.valueOf(value);
            // Said of version 2 in any case: it shows which settings the driver understands.
            boolean telling = options != null && name.equals(MariadbTls.OF_VERSION_2);
            boolean quiet = !telling && value != null && !given.containsKey(name) && isDefault(name, text);
            if (text != null && !quiet) {
                Settings.put(settings, name, text);
            }
        }
        String user = text(ask(configuration, "user", "getUsername"));
        String database = text(ask(configuration, "database", "getDatabase"));
        settings.put("user", user);
        return new ConnectUrl(target(vendor, endpoints, database), settings, user);
    }

    private static Target target(String vendor, List<Endpoint> endpoints, String database) {
        String url = "jdbc:" + vendor + "://" + Endpoints.join(endpoints, PORT) + "/" + database;
        return new Target(Target.Protocol.JDBC, vendor, endpoints, database, url);
    }

    /** What is off, and plain text that nobody asked for: left out, as where a setting is not given. */
    private static boolean isDefault(String name, @Nullable String value) {
        return value == null || SideDoors.isOff(value) || (name.equals("sslMode") && value.equals("DISABLE"));
    }

    /** A socket file stands in place of the host, so that it counts as what it is. */
    private static Endpoint endpoint(Object configuration, Object address) {
        Object file = field(address, "localSocket");
        Object shared = file == null ? ask(configuration, "localSocket", "pipe") : file;
        Object pipe = shared == null ? field(address, "pipe") : shared;
        if (pipe instanceof String path && !path.isEmpty()) {
            return new Endpoint(path, 0);
        }
        Object port = field(address, "port");
        return Endpoints.of(text(field(address, "host")), port instanceof Integer number ? number : PORT);
    }

    private static @Nullable Object parsed(Driver driver, String url, Properties info) {
        ClassLoader loader = driver.getClass().getClassLoader();
        for (String parser : List.of("org.mariadb.jdbc.Configuration", "org.mariadb.jdbc.UrlParser")) {
            try {
                return Class.forName(parser, true, loader)
                        .getMethod("parse", String.class, Properties.class)
                        .invoke(null, url, Settings.copy(info, Map.of()));
            } catch (InvocationTargetException refusedByTheDriver) {
                return null;
            } catch (ReflectiveOperationException | RuntimeException another) {
                // The other one.
            }
        }
        return null;
    }

    private static @Nullable Object ask(Object of, String... getters) {
        for (String getter : getters) {
            try {
                Object value = of.getClass().getMethod(getter).invoke(of);
                if (value != null) {
                    return value;
                }
            } catch (ReflectiveOperationException | RuntimeException none) {
                // The next one.
            }
        }
        return null;
    }

    private static @Nullable Object field(Object of, String name) {
        try {
            return of.getClass().getField(name).get(of);
        } catch (ReflectiveOperationException | RuntimeException none) {
            return null;
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof String s ? s : "";
    }
}
