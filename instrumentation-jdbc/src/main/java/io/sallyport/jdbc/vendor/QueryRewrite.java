package io.sallyport.jdbc.vendor;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

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
            for (String spelling : spellings(url, change.getKey())) {
                out.append('&')
                        .append(spelling)
                        .append('=')
                        .append(URLEncoder.encode(change.getValue(), StandardCharsets.UTF_8));
            }
        }
        return out.toString();
    }

    /** As the URL names the setting: MariaDB's driver ignores case and keeps what is spelt in two ways twice. */
    private static Set<String> spellings(String url, String setting) {
        Set<String> spellings = new LinkedHashSet<>();
        int query = url.indexOf('?');
        for (String pair : query < 0 ? new String[0] : url.substring(query + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (name.equalsIgnoreCase(setting)) {
                spellings.add(name);
            }
        }
        return spellings;
    }
}
