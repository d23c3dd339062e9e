package io.sallyport.weaving.match;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.jar.asm.ClassReader;
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
    private final @Nullable Platform platform;
    private final Map<String, FileType.Header> headers;
    private final Map<String, TypeInfo> known = new ConcurrentHashMap<>();
    private final Map<String, ClassReader> defined = new ConcurrentHashMap<>();

    private Types(ClassLoader loader, Map<String, FileType.Header> headers, @Nullable Platform platform) {
        this.loader = loader;
        this.headers = headers;
        this.platform = platform;
    }

    /**
     * What outlives a weaving. The JDK's types are the same for every loader and asked for by every driver. Of other loaders' types only the
     * names above them are kept, as long as their loader lives: each class of a hierarchy asks for the whole of it again. Thread-safe.
     */
    public static final class Platform {

        private final Types types = new Types(ClassLoader.getPlatformClassLoader(), new ConcurrentHashMap<>(), null);
        private final Map<ClassLoader, Map<String, FileType.Header>> headers = new WeakHashMap<>();

        private synchronized Map<String, FileType.Header> headersOf(ClassLoader loader) {
            Map<String, FileType.Header> known = headers.get(loader);
            if (known == null) {
                known = new ConcurrentHashMap<>();
                headers.put(loader, known);
            }
            return known;
        }
    }

    /** As a loader sees them. For one weaving: it remembers whole types. */
    public static Types of(@Nullable ClassLoader loader, Platform platform) {
        ClassLoader seen = loader == null ? BOOTSTRAP : loader;
        return new Types(seen, platform.headersOf(seen), platform);
    }

    /** What is being woven is described as it is now, which other agents may have changed, and not as it is on disk. */
    public TypeInfo define(String name, byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        defined.put(name, reader);
        TypeInfo type = new FileType(name, FileType.Header.of(reader), this);
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
            type = platform != null && isPlatform(name) ? platform.types.type(name) : find(name);
            known.put(name, type);
        }
        return type;
    }

    /** No other loader can define the former, and JDBC's are the same everywhere. */
    private static boolean isPlatform(String name) {
        return name.startsWith("java.") || name.startsWith("javax.sql.");
    }

    private TypeInfo find(String name) {
        FileType.Header header = headers.get(name);
        if (header == null) {
            ClassReader file = read(name);
            if (file == null) {
                return loaded(name);
            }
            header = FileType.Header.of(file);
            headers.put(name, header);
        }
        return new FileType(name, header, this);
    }

    /** The class file of a type that was found. */
    ClassReader classFile(String name) {
        ClassReader file = defined.get(name);
        if (file == null) {
            file = read(name);
        }
        if (file == null) {
            throw new IllegalStateException("the class file of " + name + " is gone");
        }
        return file;
    }

    private @Nullable ClassReader read(String name) {
        try (InputStream in = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? null : new ClassReader(in.readAllBytes());
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
