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
    private final ThreadLocal<Class<?>> redefining;

    PrefilteredTransformer(ClassFileTransformer next, ClassFilter filter, ThreadLocal<Class<?>> redefining) {
        this.next = next;
        this.filter = filter;
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
        if (name == null || OwnLoaders.contains(loader) || !filter.mayWeave(name, classFile)) {
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
}
