package io.sallyport.jdbc.connect;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

/**
 * Puts settings into a pgjdbc URL and properties. In pgjdbc the URL wins over properties, and a later parameter of a URL over an
 * earlier one ({@code Driver.parseURL}); so a setting goes into the properties unless the URL names it.
 */
final class PostgresqlRewrite {

    private PostgresqlRewrite() {}

    static String url(String url, Map<String, String> changes) {
        StringBuilder out = new StringBuilder(url);
        for (Map.Entry<String, String> change : changes.entrySet()) {
            if (names(url, change.getKey())) {
                out.append('&')
                        .append(change.getKey())
                        .append('=')
                        .append(URLEncoder.encode(change.getValue(), StandardCharsets.UTF_8));
            }
        }
        return out.toString();
    }

    /** A copy of {@code info} with the changes; the caller's object stays as it is. */
    static Properties properties(Properties info, Map<String, String> changes) {
        Properties copy = new Properties();
        for (String name : info.stringPropertyNames()) {
            copy.setProperty(name, info.getProperty(name));
        }
        copy.putAll(info);
        changes.forEach(copy::setProperty);
        return copy;
    }

    private static boolean names(String url, String setting) {
        int query = url.indexOf('?');
        if (query < 0) {
            return false;
        }
        for (String pair : url.substring(query + 1).split("&", -1)) {
            if (pair.equals(setting) || pair.startsWith(setting + "=")) {
                return true;
            }
        }
        return false;
    }
}
