package io.sallyport.weaving;

import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Describes types by their class files, and those of the bootstrap loader that have none by the loaded class.
 *
 * <p>Other agents define interfaces there without a class file and add them to drivers (OpenTelemetry's {@code VirtualFieldAccessor}). Without
 * a description of it a driver class could not be woven. Types of any other loader without a class file stay unknown: loading one from
 * inside a transformation would leave it unwoven.
 */
final class TypesOnBootstrapPath implements AgentBuilder.PoolStrategy {

    @Override
    public TypePool typePool(ClassFileLocator classFiles, @Nullable ClassLoader loader) {
        return new TypePool.Default.WithLazyResolution(new Known(), classFiles, TypePool.Default.ReaderMode.FAST);
    }

    @Override
    public TypePool typePool(ClassFileLocator classFiles, @Nullable ClassLoader loader, String transformed) {
        return typePool(classFiles, loader);
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
}
