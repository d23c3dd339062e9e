package io.sallyport.weaving.tls;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM was started with, of all that says where the platform's roots are. Immutable.
 *
 * @param home of the JDK; {@code null} where nobody can tell
 * @param settings JSSE's system properties
 * @param defaultType of key stores
 */
record Launch(@Nullable Path home, Map<String, String> settings, String defaultType) {

    private static final String STORE = "javax.net.ssl.trustStore";
    private static final List<String> PROPERTIES =
            List.of(STORE, STORE + "Type", STORE + "Password", STORE + "Provider");

    /** Before the application runs: what the system properties say. */
    static Launch now() {
        Map<String, String> settings = new TreeMap<>();
        for (String name : PROPERTIES) {
            put(settings, name, System.getProperty(name));
        }
        String home = System.getProperty("java.home");
        return new Launch(home == null ? null : Path.of(home), Map.copyOf(settings), KeyStore.getDefaultType());
    }

    /** While the application runs, which may have set any property since: what the JVM's command line said and where its program is. */
    static Launch before() {
        Map<String, String> settings = new TreeMap<>();
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            for (String name : PROPERTIES) {
                String prefix = "-D" + name + "=";
                if (argument.startsWith(prefix)) {
                    put(settings, name, argument.substring(prefix.length()));
                }
            }
        }
        return new Launch(programsHome(), Map.copyOf(settings), KeyStore.getDefaultType());
    }

    /** One of the four settings, by the end of its name. */
    @Nullable
    String storeSetting(String end) {
        return settings.get(STORE + end);
    }

    /** By the operating system's account of the program; a program with a JVM inside is in no JDK, and then nobody can tell. */
    private static @Nullable Path programsHome() {
        Optional<Path> program = ProcessHandle.current().info().command().map(Path::of);
        Path bin = program.map(Path::getParent).orElse(null);
        Path home = bin == null ? null : bin.getParent();
        return home != null && Files.exists(home.resolve("lib").resolve("modules")) ? home : null;
    }

    /** The last one counts, and an empty one is none. */
    private static void put(Map<String, String> settings, String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            settings.remove(name);
        } else {
            settings.put(name, value);
        }
    }
}
