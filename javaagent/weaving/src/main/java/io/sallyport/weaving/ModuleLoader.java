package io.sallyport.weaving;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Defines the library packages of one module next to the library they name. Sees the agent's classes by name, everything else
 * through the application loader.
 */
final class ModuleLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader agent;
    private final Set<String> packages;

    ModuleLoader(ClassLoader agent, @Nullable ClassLoader application, Set<String> packages) {
        super("sallyport-module", application == null ? ClassLoader.getPlatformClassLoader() : application);
        this.agent = agent;
        this.packages = packages;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (packages.contains(packageOf(name))) {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }
        return name.startsWith("io.sallyport.") ? agent.loadClass(name) : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = agent.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = LibraryNames.restored(in.readAllBytes());
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }
}
