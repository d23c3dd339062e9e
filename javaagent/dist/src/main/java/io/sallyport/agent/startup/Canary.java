package io.sallyport.agent.startup;

import io.sallyport.weaving.WeaveModule;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves at start-up that weaving works on this JVM: a library that knows nothing of this Java version would otherwise weave
 * nothing, and silently. Each module's canary class plays the application and must be refused.
 */
final class Canary {

    private Canary() {}

    /** @throws StartupException when a canary got through and {@code enforcing} */
    static void check(List<WeaveModule> modules, boolean enforcing) {
        for (WeaveModule m : modules) {
            String type = m.canary();
            String problem = type == null ? null : problem(type);
            if (problem == null) {
                continue;
            }
            String line = "the start-up check of " + m.name() + " failed on Java " + Runtime.version() + ": " + problem;
            if (enforcing) {
                throw new StartupException(line);
            }
            System.err.println("sallyport: " + line + "; calls of this kind are NOT governed");
        }
    }

    private static @Nullable String problem(String type) {
        try {
            Object refused = Class.forName(type, true, new CanaryLoader(type))
                    .getMethod("refused")
                    .invoke(null);
            return Boolean.TRUE.equals(refused) ? null : "its call was not refused";
        } catch (ReflectiveOperationException | LinkageError e) {
            return String.valueOf(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Defines the canary's package as if it were application code. */
    private static final class CanaryLoader extends ClassLoader {
        private final String prefix;

        CanaryLoader(String type) {
            super("sallyport-canary", ClassLoader.getPlatformClassLoader());
            prefix = type.substring(0, type.lastIndexOf('.') + 1);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.startsWith(prefix)) {
                throw new ClassNotFoundException(name);
            }
            try (InputStream in = Canary.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
