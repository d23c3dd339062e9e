package io.sallyport.jdbc.connect;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connection settings that run SQL, load a class or write values to a file before or beside the mediated calls. They are refused
 * unless the policy lists them as {@code vendor:setting}.
 */
final class SideDoors {

    /** Settings by vendor, names as in {@link ConnectUrl#settings}. */
    private static final Map<String, Set<String>> CLOSED = Map.of(
            // INIT runs SQL; TRACE levels write statements and values to a file or to the console.
            "h2",
                    Set.of(
                            "INIT",
                            "TRACE_LEVEL_FILE",
                            "TRACE_LEVEL_SYSTEM_OUT",
                            "RECOVER_TEST",
                            "DATABASE_EVENT_LISTENER"),
            // A socket factory can send the traffic anywhere; a connect executor and an authentication plugin run
            // foreign code
            // with the credentials at hand; replication streams bypass statements.
            "postgresql",
                    Set.of(
                            "socketFactory",
                            "connectExecutor",
                            "authenticationPluginClassName",
                            "xmlFactoryFactory",
                            "replication"),
            "mysql",
                    Set.of(
                            "autoDeserialize",
                            "allowLoadLocalInfile",
                            "allowLoadLocalInfileInPath",
                            "allowUrlInLocalInfile",
                            "queryInterceptors",
                            "socketFactory",
                            "allowMultiQueries"));

    private SideDoors() {}

    /** The first setting of {@code url} that is a side door and is not in {@code allowed}; {@code null} when there is none. */
    static @Nullable String open(ConnectUrl url, Set<String> allowed) {
        String vendor = url.target().vendor();
        for (String name : CLOSED.getOrDefault(vendor, Set.of())) {
            String value = url.setting(name);
            if (value != null && !harmless(name, value) && !allowed.contains(vendor + ":" + name)) {
                return vendor + ":" + name;
            }
        }
        return null;
    }

    private static boolean harmless(String name, String value) {
        // H2's level 1 writes errors, from level 2 on statements and values are written.
        boolean errorsOnly = name.startsWith("TRACE_LEVEL") && value.equals("1");
        return errorsOnly || value.isEmpty() || value.equals("0") || value.equalsIgnoreCase("false");
    }
}
