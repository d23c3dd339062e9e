package io.sallyport.jdbc.vendor;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.lang.reflect.Method;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * URLs of pgjdbc. The driver's own {@code Driver.parseURL} (public and static) says what it will read out of URL, properties and
 * {@code pg_service.conf}: a second opinion on that would be a way around the policy. The built-in reading stands in for drivers
 * without it.
 */
public final class PostgresqlUrlReader {

    static final PostgresqlUrlReader INSTANCE = new PostgresqlUrlReader();
    public static final int PORT = 5432;

    private PostgresqlUrlReader() {}

    ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        Properties effective = driver == null ? null : ask(driver, url, info);
        Map<String, String> settings = Settings.of(effective == null ? parse(url, info) : effective);
        List<Endpoint> endpoints = endpoints(settings.getOrDefault("PGHOST", ""), settings.getOrDefault("PGPORT", ""));
        String user = settings.getOrDefault("user", "");
        String database = database(settings.get("PGDBNAME"), user);
        String normalised = "jdbc:postgresql://" + Endpoints.join(endpoints, PORT) + "/" + database;
        Target target = new Target(Target.Protocol.JDBC, "postgresql", endpoints, database, normalised);
        return new ConnectUrl(target, settings, user);
    }

    /** An empty name is sent as it is, and the server takes the user's instead (PostgreSQL, protocol message StartupMessage). */
    public static String database(@Nullable String named, String user) {
        return named == null || named.isEmpty() ? user : named;
    }

    private static List<Endpoint> endpoints(String hosts, String ports) {
        String[] host = hosts.split(",", -1);
        String[] port = ports.split(",", -1);
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < host.length; i++) {
            endpoints.add(Endpoints.of(host[i].strip(), Endpoints.port(i < port.length ? port[i] : "", PORT)));
        }
        return endpoints;
    }

    private static @Nullable Properties ask(Driver driver, String url, Properties info) {
        try {
            Method parse = driver.getClass().getMethod("parseURL", String.class, Properties.class);
            Properties copy = new Properties();
            for (String name : info.stringPropertyNames()) {
                copy.setProperty(name, info.getProperty(name));
            }
            return (Properties) parse.invoke(null, url, copy);
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    /** {@code jdbc:postgresql://host:port,host/database?name=value} and {@code jdbc:postgresql:database}; the URL wins. */
    private static Properties parse(String url, Properties info) {
        Properties out = new Properties();
        for (String name : info.stringPropertyNames()) {
            out.setProperty(name, info.getProperty(name));
        }
        int query = url.indexOf('?');
        String server = url.substring("jdbc:postgresql:".length(), query < 0 ? url.length() : query);
        if (server.startsWith("//")) {
            int slash = server.indexOf('/', 2);
            String authority = server.substring(2, slash < 0 ? server.length() : slash);
            StringBuilder hosts = new StringBuilder();
            StringBuilder ports = new StringBuilder();
            for (Endpoint e : Endpoints.parse(authority, PORT)) {
                hosts.append(hosts.length() > 0 ? "," : "").append(e.host());
                ports.append(ports.length() > 0 ? "," : "").append(e.port());
            }
            out.setProperty("PGHOST", hosts.toString());
            out.setProperty("PGPORT", ports.toString());
            server = slash < 0 ? "" : server.substring(slash + 1);
        }
        if (!server.isEmpty()) {
            out.setProperty("PGDBNAME", Settings.decode(server));
        }
        if (query >= 0) {
            Map<String, String> named = new java.util.TreeMap<>();
            Settings.parseQuery(url.substring(query + 1), named);
            named.forEach(out::setProperty);
        }
        out.putIfAbsent("PGHOST", "localhost");
        return out;
    }
}
