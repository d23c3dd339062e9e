package io.sallyport.jdbc.vendor;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Puts settings into URLs of drivers for which the URL wins over properties, and a later parameter of a URL over an earlier one:
 * pgjdbc ({@code Driver.parseURL}) and MariaDB ({@code Configuration.parse}). So a setting goes into the properties unless the URL
 * names it.
 */
final class QueryRewrite {

    private QueryRewrite() {}

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
