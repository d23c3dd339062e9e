package io.sallyport.weaving;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The module loaders of one module, one per application loader. A loader lives as long as a linked call site of the application
 * refers to it; this map keeps neither it nor the application alive. Thread-safe.
 */
final class ModuleLoaders {

    private static final Object BOOTSTRAP = new Object();

    private final ClassLoader agent;
    private final Set<String> packages;
    private final Map<Object, WeakReference<ModuleLoader>> loaders = new WeakHashMap<>();

    ModuleLoaders(ClassLoader agent, Set<String> packages) {
        this.agent = agent;
        this.packages = packages;
    }

    /** Loads {@code className} where it belongs: next to the library, or in the agent loader. */
    Class<?> load(String className, @Nullable ClassLoader application) throws ClassNotFoundException {
        ClassLoader home = packages.contains(ModuleLoader.packageOf(className)) ? loaderFor(application) : agent;
        return Class.forName(className, true, home);
    }

    private synchronized ModuleLoader loaderFor(@Nullable ClassLoader application) {
        Object key = application == null ? BOOTSTRAP : application;
        WeakReference<ModuleLoader> known = loaders.get(key);
        ModuleLoader loader = known == null ? null : known.get();
        if (loader == null) {
            loader = new ModuleLoader(agent, application, packages);
            loaders.put(key, new WeakReference<>(loader));
        }
        return loader;
    }
}
