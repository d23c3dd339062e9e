package io.sallyport.http.urlconnection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as the connection writes it: what its getters said before can have been changed by another thread, and they keep
 * credentials to themselves.
 *
 * @param method as it is written
 * @param target path and query; a whole URL to a proxy
 * @param fields by names in lower case
 */
record WrittenHead(String method, String target, Map<String, List<String>> fields) {

    /** What the connection adds by itself, the same each time; else it is the application's. */
    private static final Map<String, Set<String>> OWN = Map.of(
            "accept", Set.of("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "*/*"),
            "cache-control", Set.of("no-cache"),
            "pragma", Set.of("no-cache"));

    /**
     * @param names of fields; the first is the request line
     * @param decided what is known of the fields that the application set
     */
    static WrittenHead of(@Nullable String[] names, @Nullable String[] values, int count, Set<String> decided) {
        String line = String.valueOf(names[0]);
        int method = line.indexOf(' ');
        int version = line.lastIndexOf(' ');
        Map<String, List<String>> fields = new TreeMap<>();
        for (int i = 1; i < count; i++) {
            String name = names[i];
            String value = values[i];
            if (name != null && value != null) {
                add(name.toLowerCase(Locale.ROOT), value, decided, fields);
            }
        }
        return version <= method
                ? new WrittenHead(line, "/", fields)
                : new WrittenHead(line.substring(0, method), line.substring(method + 1, version), fields);
    }

    private static void add(String name, String value, Set<String> decided, Map<String, List<String>> to) {
        boolean own = name.equals("if-modified-since")
                || OWN.getOrDefault(name, Set.of()).contains(value);
        if (!own || decided.contains(name)) {
            to.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
        }
    }
}
