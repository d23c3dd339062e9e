package io.sallyport.jdbc.vendor;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.lang.reflect.Method;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * URLs of MySQL Connector/J in all their forms: several hosts, {@code address=(…)} and {@code (key=value)} lists, {@code
 * mysql:loadbalance:}, {@code mysql:replication:}, {@code mysql+srv:}. The driver's own {@code ConnectionUrl} (public) says what
 * it will read, so that there is no second opinion; the generic reading stands in where there is no driver to ask, or where asking
 * would run code that a setting names.
 */
final class MysqlUrlReader {

    static final MysqlUrlReader INSTANCE = new MysqlUrlReader();
    static final int PORT = 3306;

    private MysqlUrlReader() {}

    ConnectUrl read(@Nullable Driver driver, String url, Properties info) {
        ConnectUrl plain = canonical(GenericUrlReader.INSTANCE.read(driver, url, info));
        if (driver == null || plain.setting("propertiesTransform") != null) {
            return plain;
        }
        try {
            List<?> hosts = hosts(driver, url, info);
            return hosts.isEmpty() ? plain : of(hosts, plain);
        } catch (ReflectiveOperationException | RuntimeException another) {
            return plain;
        }
    }

    private static List<?> hosts(Driver driver, String url, Properties info) throws ReflectiveOperationException {
        Class<?> type = Class.forName(
                "com.mysql.cj.conf.ConnectionUrl", true, driver.getClass().getClassLoader());
        Object parsed = type.getMethod("getConnectionUrlInstance", String.class, Properties.class)
                .invoke(null, url, Settings.copy(info, Map.of()));
        return (List<?>) type.getMethod("getHostsList").invoke(parsed);
    }

    private static ConnectUrl of(List<?> hosts, ConnectUrl plain) throws ReflectiveOperationException {
        List<Endpoint> endpoints = new ArrayList<>();
        Map<String, String> settings = new TreeMap<>();
        String user = "";
        String database = "";
        for (Object host : hosts) {
            endpoints.add(Endpoints.of((String) ask(host, "getHost"), (Integer) ask(host, "getPort")));
            Map<?, ?> properties = (Map<?, ?>) ask(host, "getHostProperties");
            properties.forEach((name, value) -> merge(settings, String.valueOf(name), String.valueOf(value)));
            user = text(ask(host, "getUser"), user);
            database = text(ask(host, "getDatabase"), database);
        }
        plain.settings().forEach(settings::putIfAbsent);
        settings.put("user", user);
        return new ConnectUrl(target(endpoints, database), settings, user);
    }

    static Target target(List<Endpoint> endpoints, String database) {
        String url = "jdbc:mysql://" + Endpoints.join(endpoints, PORT) + "/" + database;
        return new Target(Target.Protocol.JDBC, "mysql", endpoints, database, url);
    }

    /** Of hosts that differ the setting counts that opens more. */
    private static void merge(Map<String, String> settings, String name, String value) {
        String known = settings.get(name);
        boolean weaker = known != null
                && (name.equals("sslMode")
                        ? MysqlTls.rank(value) < MysqlTls.rank(known)
                        : SideDoors.isOff(known) && !SideDoors.isOff(value));
        if (known == null || weaker) {
            Settings.put(settings, name, value);
        }
    }

    private static Object ask(Object host, String getter) throws ReflectiveOperationException {
        Method method = host.getClass().getMethod(getter);
        return method.invoke(host);
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value instanceof String s && !s.isEmpty() ? s : otherwise;
    }

    /** The vendor of every sub-protocol is {@code mysql}, and names are spelt as {@link Mysql} knows them. */
    private static ConnectUrl canonical(ConnectUrl read) {
        Map<String, String> settings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        settings.putAll(read.settings());
        Map<String, String> spelt = new TreeMap<>();
        settings.forEach((name, value) -> spelt.put(SPELLING.getOrDefault(name.toLowerCase(Locale.ROOT), name), value));
        return new ConnectUrl(target(read.target().endpoints(), read.target().database()), spelt, read.user());
    }

    private static final Map<String, String> SPELLING = spelling();

    private static Map<String, String> spelling() {
        Map<String, String> spelling = new TreeMap<>();
        Mysql.names().forEach(name -> spelling.put(name.toLowerCase(Locale.ROOT), name));
        MysqlTls.SETTINGS.forEach(name -> spelling.put(name.toLowerCase(Locale.ROOT), name));
        return spelling;
    }
}
