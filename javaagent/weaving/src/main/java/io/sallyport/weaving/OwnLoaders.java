package io.sallyport.weaving;

import org.jspecify.annotations.Nullable;

/** The agent's own classes, recognised by their loader: there is no flag that somebody else could set. */
public final class OwnLoaders {

    private static final @Nullable ClassLoader AGENT = OwnLoaders.class.getClassLoader();

    private OwnLoaders() {}

    /** Whether a class of this loader belongs to the agent: the agent loader itself or a module loader. */
    public static boolean contains(@Nullable ClassLoader loader) {
        // Where agent and application share the system loader (a module's own tests), no loader is the agent's alone.
        return loader instanceof ModuleLoader || (loader == AGENT && AGENT != ClassLoader.getSystemClassLoader());
    }
}
