package io.sallyport.weaving;

import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Describes types by their class files, and those of the bootstrap loader that have none by the loaded class.
 *
 * <p>Other agents define interfaces there without a class file and add them to drivers (OpenTelemetry's {@code VirtualFieldAccessor}). Without
 * a description of it a driver class could not be woven. Types of any other loader without a class file stay unknown: loading one from
 * inside a transformation would leave it unwoven. Thread-safe.
 */
final class TypePools {

    /** JDBC's own types are the same for every loader and asked for by every driver class, so they are read once. */
    private final TypePool jdbc = new JdbcTypes(new TypePool.Default.WithLazyResolution(
            new TypePool.CacheProvider.Simple(),
            ClassFileLocator.ForClassLoader.ofPlatformLoader(),
            TypePool.Default.ReaderMode.FAST));

    /** Class files as the loader sees them, and the one of the class that is being woven. */
    ClassFileLocator classFiles(@Nullable ClassLoader loader, String name, byte[] classFile) {
        return new ClassFileLocator.Compound(
                ClassFileLocator.Simple.of(name, classFile), ClassFileLocator.ForClassLoader.of(loader));
    }

    /** A pool for one weaving of {@code name}. */
    TypePool over(ClassFileLocator classFiles, String name) {
        TypePool.CacheProvider known = new Known();
        TypePool.Default.ReaderMode mode = TypePool.Default.ReaderMode.FAST;
        // What is being woven is described as it is now, which other agents may have changed, and not as it is on disk.
        return JdbcTypes.has(name)
                ? new TypePool.Default.WithLazyResolution(known, classFiles, mode)
                : new TypePool.Default.WithLazyResolution(known, classFiles, mode, jdbc);
    }

    /** Everything that a pool finds, or does not find, passes its cache. */
    private static final class Known extends TypePool.CacheProvider.Simple {

        @Override
        public TypePool.Resolution register(String name, TypePool.Resolution byClassFile) {
            return super.register(name, byClassFile.isResolved() ? byClassFile : loaded(name, byClassFile));
        }

        private static TypePool.Resolution loaded(String name, TypePool.Resolution otherwise) {
            try {
                return new TypePool.Resolution.Simple(
                        TypeDescription.ForLoadedType.of(Class.forName(name, false, null)));
            } catch (ClassNotFoundException | LinkageError unknown) {
                return otherwise;
            }
        }
    }

    /** Answers for JDBC's types only: every pool asks its parent first, and everything else is the loader's to tell. */
    private record JdbcTypes(TypePool all) implements TypePool {

        static boolean has(String name) {
            return name.startsWith("java.sql.") || name.startsWith("javax.sql.");
        }

        @Override
        public Resolution describe(String name) {
            return has(name) ? all.describe(name) : new Resolution.Illegal(name);
        }

        @Override
        public void clear() {
            all.clear();
        }
    }
}
