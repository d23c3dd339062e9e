package io.sallyport.jdbc.vendor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Connection settings that run SQL, load a class, reach a file or write values to one, before or beside the mediated calls. They
 * are refused unless the policy lists them as {@code vendor:setting}. Immutable.
 */
final class SideDoors {

    private final Set<String> names;

    private SideDoors(Set<String> names) {
        this.names = names;
    }

    /** Settings that are side doors unless they are switched off: empty, {@code 0}, {@code false}. */
    static SideDoors of(String... names) {
        return new SideDoors(new TreeSet<>(List.of(names)));
    }

    Set<String> names() {
        return names;
    }

    /** Those that are open, in alphabetical order; names are told apart by case, as in {@link ConnectUrl#settings}. */
    List<String> open(ConnectUrl url) {
        List<String> open = new ArrayList<>();
        for (String name : names) {
            String value = url.setting(name);
            if (value != null && !isOff(value)) {
                open.add(name);
            }
        }
        return open;
    }

    /**
     * Those that are open, where some name a class.
     *
     * @param own by setting, the driver's own classes, which see what the driver sees anyway; as a class is spelt
     */
    List<String> open(ConnectUrl url, Map<String, Set<String>> own) {
        List<String> open = open(url);
        open.removeIf(name -> own.getOrDefault(name, Set.of()).contains(String.valueOf(url.setting(name))));
        return open;
    }

    static boolean isOff(String value) {
        String bare = value.strip().toLowerCase(Locale.ROOT);
        return bare.isEmpty() || bare.equals("0") || bare.equals("false") || bare.equals("no") || bare.equals("off");
    }
}
