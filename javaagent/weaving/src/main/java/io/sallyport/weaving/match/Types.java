package io.sallyport.weaving.match;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The types that a class sees, by their class files, and those of the bootstrap loader that have none by the loaded class.
 *
 * <p>Other agents define interfaces there without a class file and add them to drivers (OpenTelemetry's {@code VirtualFieldAccessor}). Without
 * a description of it a driver class could not be woven. Types of any other loader without a class file stay unknown: loading one from
 * inside a transformation would leave it unwoven. Thread-safe.
 */
public final class Types {

    private static final ClassLoader BOOTSTRAP = new ClassLoader(null) {};

    private final ClassLoader loader;
    private final @Nullable Types platform;
    private final Map<String, TypeInfo> known = new ConcurrentHashMap<>();

    private Types(@Nullable ClassLoader loader, @Nullable Types platform) {
        this.loader = loader == null ? BOOTSTRAP : loader;
        this.platform = platform;
    }

    /** Those of the JDK, which are the same for every loader and asked for by every driver: read once. */
    public static Types ofPlatform() {
        return new Types(ClassLoader.getPlatformClassLoader(), null);
    }

    /** As a loader sees them. For one weaving: what a loader has can change. */
    public static Types of(@Nullable ClassLoader loader, Types platform) {
        return new Types(loader, platform);
    }

    /** What is being woven is described as it is now, which other agents may have changed, and not as it is on disk. */
    public TypeInfo define(String name, byte[] classFile) {
        TypeInfo type = new FileType(name, classFile, this);
        known.put(name, type);
        return type;
    }

    /**
     * @param name binary name of a class or interface
     * @throws IllegalStateException where there is none
     */
    public TypeInfo type(String name) {
        TypeInfo type = known.get(name);
        if (type == null) {
            type = platform != null && isPlatform(name) ? platform.type(name) : find(name);
            known.put(name, type);
        }
        return type;
    }

    /** No other loader can define the former, and JDBC's are the same everywhere. */
    private static boolean isPlatform(String name) {
        return name.startsWith("java.") || name.startsWith("javax.sql.");
    }

    private TypeInfo find(String name) {
        try (InputStream in = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? loaded(name) : new FileType(name, in.readAllBytes(), this);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new IllegalStateException("the class file of " + name + " cannot be read", unreadable);
        }
    }

    private static TypeInfo loaded(String name) {
        try {
            return new LoadedType(Class.forName(name, false, null));
        } catch (ClassNotFoundException | LinkageError unknown) {
            throw new IllegalStateException("cannot resolve type " + name, unknown);
        }
    }
}
