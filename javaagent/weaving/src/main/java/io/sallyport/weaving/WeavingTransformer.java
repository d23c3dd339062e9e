package io.sallyport.weaving;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one transformer of the agent: offers each class that is loaded to every module whose filter admits it, and none of the agent's
 * own, which are recognised by their loader.
 *
 * <p>It may be entered again on the same thread: reading a class file through an application's loader can load classes, and those are
 * woven like any other.
 */
final class WeavingTransformer implements ClassFileTransformer {

    private final ModuleWeaver[] modules;

    WeavingTransformer(List<ModuleWeaver> modules) {
        this.modules = modules.toArray(new ModuleWeaver[0]);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (name == null || OwnLoaders.contains(loader)) {
            return null;
        }
        byte[] woven = null;
        for (ModuleWeaver m : modules) {
            byte[] before = woven == null ? classFile : woven;
            if (m.mayWeave(name, before)) {
                byte[] after = m.weave(loader, name, redefined, before);
                woven = after == null ? woven : after;
            }
        }
        return woven;
    }
}
