package io.sallyport.jdbc.vendor;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Connection settings on their way from a URL and properties into a command. */
public final class Settings {

    /** Property that carries an attempt's id to a driver's own thread. pgjdbc ignores properties that it does not know. */
    public static final String ATTEMPT = "sallyport.attempt";

    private static final List<String> SECRETS =
            List.of("password", "passwd", "pwd", "secret", "token", "passphrase", "credential", "authzpwd");

    private Settings() {}

    /** Whether a setting of that name holds a secret, which no command carries. */
    static boolean secret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("class") || lower.endsWith("callback")) {
            // The name of a class that supplies one.
            return false;
        }
        for (String s : SECRETS) {
            if (lower.contains(s)) {
                return true;
            }
        }
        return false;
    }

    static void put(Map<String, String> into, String name, String value) {
        if (!secret(name) && !name.equals(ATTEMPT)) {
            into.put(name, value);
        }
    }

    /** Own entries and defaults of {@code info} that are strings. */
    public static Map<String, String> of(Properties info) {
        Map<String, String> settings = new TreeMap<>();
        for (String name : info.stringPropertyNames()) {
            put(settings, name, info.getProperty(name));
        }
        return settings;
    }

    /**
     * What is in {@code info}, asked for once, as an object that answers the same in whatever way a driver asks: an application's own class,
     * or one that is changed meanwhile, might say one thing to the policy and another to the driver.
     */
    static Properties settled(Properties info) {
        Properties settled = new Properties();
        for (String name : info.stringPropertyNames()) {
            String value = info.getProperty(name);
            if (value != null) {
                settled.setProperty(name, value);
            }
        }
        for (Object name : info.keySet()) {
            Object value = info.get(name);
            if (value != null) {
                settled.put(name, value);
            }
        }
        return settled;
    }

    /** The same for drivers that take any object for the text that it is printed as; of arrays, which passwords come in, they take the elements. */
    static Properties printed(Properties info) {
        Properties printed = new Properties();
        settled(info)
                .forEach((name, value) ->
                        printed.put(String.valueOf(name), value.getClass().isArray() ? value : String.valueOf(value)));
        return printed;
    }

    /** A copy of {@code info} with the changes; the caller's object stays as it is. */
    static Properties copy(Properties info, Map<String, String> changes) {
        Properties copy = new Properties();
        for (String name : info.stringPropertyNames()) {
            copy.setProperty(name, info.getProperty(name));
        }
        copy.putAll(info);
        changes.forEach(copy::setProperty);
        return copy;
    }

    /** The same for drivers that ignore case in names: no spelling of a changed setting is left. */
    static Properties replace(Properties info, Map<String, String> changes) {
        Properties copy = copy(info, Map.of());
        copy.keySet().removeIf(name -> changes.keySet().stream().anyMatch(String.valueOf(name)::equalsIgnoreCase));
        changes.forEach(copy::setProperty);
        return copy;
    }

    /** {@code a=b&c=d}, percent-encoded. */
    static void parseQuery(String query, Map<String, String> into) {
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int eq = pair.indexOf('=');
                put(into, eq < 0 ? pair : pair.substring(0, eq), eq < 0 ? "" : decode(pair.substring(eq + 1)));
            }
        }
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
