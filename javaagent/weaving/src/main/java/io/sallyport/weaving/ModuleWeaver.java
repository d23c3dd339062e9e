package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportState;
import io.sallyport.weaving.match.TypeInfo;
import io.sallyport.weaving.match.Types;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Weaves the classes of one module and reports what became of them. Thread-safe. */
final class ModuleWeaver {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleWeaver.class);

    private final WeaveModule module;
    private final ClassFilter filter;
    private final List<WeavePoint> points;
    private final StatePlanner states;
    private final Inheritance inheritance;
    private final WovenCoverage coverage;
    private final Types.Platform platform;
    private final AdviceLibrary advice;

    ModuleWeaver(WeaveModule module, WovenCoverage coverage, Types.Platform platform, AdviceLibrary advice) {
        this.module = module;
        this.filter = module.filter();
        this.points = module.points();
        this.states = new StatePlanner(points);
        this.inheritance = new Inheritance(points);
        this.coverage = coverage;
        this.platform = platform;
        this.advice = advice;
    }

    boolean mayWeave(String internalName, byte[] classFile) {
        return filter.mayWeave(internalName, classFile);
    }

    /** Of application classes each is held against the points: what passes the filter by its class file may have no telling supertype. */
    boolean mayWeaveLoaded(Class<?> loaded) {
        if (filter.mayWeaveLoaded(loaded)) {
            return true;
        }
        ClassLoader loader = loaded.getClassLoader();
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return false;
        }
        try {
            return isWoven(TypeInfo.of(loaded));
        } catch (LinkageError | RuntimeException unreadable) {
            LOG.debug("cannot tell whether {} is woven by {}", loaded.getName(), module.name(), unreadable);
            return false;
        }
    }

    /** See {@link StatePlanner#loadedBefore}. */
    void loadedBefore(Class<?> type) {
        states.loadedBefore(type);
    }

    /** The class cannot be woven at all. */
    void failed(Class<?> type, String reason) {
        coverage.refused(module, type.getName(), type.getClassLoader(), reason);
    }

    /** Weaves a class file of the agent's own jar and throws the result away. */
    void rehearse(ClassLoader agent, String name) {
        String internalName = name.replace('.', '/');
        try (InputStream in = agent.getResourceAsStream(internalName + ".class")) {
            if (in != null) {
                weave(agent, internalName, null, in.readAllBytes());
            }
        } catch (IOException e) {
            throw new IllegalStateException("the agent jar is damaged: " + name + " cannot be read", e);
        }
    }

    /**
     * The woven class file; {@code null} where no point is about the class, and where weaving failed, which the coverage says.
     *
     * @param redefined the class where it is loaded already
     */
    byte @Nullable [] weave(
            @Nullable ClassLoader loader, String internalName, @Nullable Class<?> redefined, byte[] classFile) {
        String name = internalName.replace('/', '.');
        try {
            Types types = Types.of(loader, platform);
            TypeInfo type = types.define(name, classFile);
            if (type.isInterface() || !isWoven(type)) {
                return null;
            }
            byte[] current = OldClassFiles.isOld(classFile) ? OldClassFiles.raised(classFile, types) : classFile;
            byte[] woven = weave(loader, type, redefined, current);
            LOG.debug("woven {} by {}", name, module.name());
            if (module.proven(name)) {
                coverage.woven(module, name, loader, note(redefined));
            } else {
                coverage.unproven(module, name, loader);
            }
            return woven;
        } catch (Throwable t) {
            LOG.debug("cannot weave {} by {}", name, module.name(), t);
            coverage.refused(module, name, loader, "cannot be woven: " + t);
            return null;
        }
    }

    /** A class that is woven while it is in use cannot take the field that its objects' states would live in. */
    private static String note(@Nullable Class<?> redefined) {
        return redefined == null
                        || redefined.getClassLoader() == null
                        || SallyportState.class.isAssignableFrom(redefined)
                ? ""
                : "loaded before the agent, so states of its objects are kept in a weak map";
    }

    private boolean isWoven(TypeInfo type) {
        for (WeavePoint p : points) {
            if (p.types().matches(type)) {
                return true;
            }
        }
        return false;
    }

    private byte[] weave(@Nullable ClassLoader loader, TypeInfo type, @Nullable Class<?> redefined, byte[] classFile) {
        String unwoven = inheritance.unwoven(type);
        if (unwoven != null) {
            throw new IllegalStateException("it inherits " + unwoven + ", which is not woven");
        }
        StatePlanner.Place place = states.place(type, redefined);
        if (place == StatePlanner.Place.INJECTED_HERE) {
            StateCarriers.add(loader, type.name());
        }
        WeaveRecipe recipe = new WeaveRecipe(module, type, place, advice);
        for (WeavePoint p : points) {
            if (p.types().matches(type)) {
                p.weave(recipe);
            }
        }
        return recipe.write(classFile);
    }
}
