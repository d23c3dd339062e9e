package io.sallyport.weaving;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Lets only those classes reach Byte Buddy that the module's filter admits, and none of the agent's own, which are recognised by
 * their loader.
 */
final class PrefilteredTransformer implements ClassFileTransformer {

    private final ClassFileTransformer next;
    private final ClassFilter filter;
    private final ClassLoader agent;
    private final ThreadLocal<Class<?>> redefining;

    PrefilteredTransformer(
            ClassFileTransformer next, ClassFilter filter, ClassLoader agent, ThreadLocal<Class<?>> redefining) {
        this.next = next;
        this.filter = filter;
        this.agent = agent;
        this.redefining = redefining;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile)
            throws IllegalClassFormatException {
        if (name == null || ownLoader(loader) || !filter.mayWeave(name, classFile)) {
            return null;
        }
        if (redefined == null) {

            return next.transform(module, loader, name, null, domain, classFile);
        }
        // Byte Buddy does not tell its transformers which class is being redefined.
        redefining.set(redefined);
        try {

            return next.transform(module, loader, name, redefined, domain, classFile);
        } finally {
            redefining.remove();
        }
    }

    private boolean ownLoader(@Nullable ClassLoader loader) {
        // Where agent and application share the system loader (a module's own tests), names in the filter decide.
        return loader instanceof ModuleLoader || (loader == agent && agent != ClassLoader.getSystemClassLoader());
    }
}
