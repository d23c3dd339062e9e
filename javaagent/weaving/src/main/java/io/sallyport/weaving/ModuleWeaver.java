package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportState;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.VisibilityBridgeStrategy;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Weaves the classes of one module and reports what became of them. Thread-safe. */
final class ModuleWeaver {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleWeaver.class);

    private static final ByteBuddy BYTE_BUDDY = new ByteBuddy()
            .with(TypeValidation.DISABLED)
            .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
            .with(VisibilityBridgeStrategy.Default.NEVER)
            .with(InstrumentedType.Factory.Default.FROZEN);

    private final WeaveModule module;
    private final ClassFilter filter;
    private final List<WeavePoint> points;
    private final StatePlanner states;
    private final Inheritance inheritance;
    private final WovenCoverage coverage;
    private final TypePools pools;
    private final AdviceLibrary advice;

    ModuleWeaver(WeaveModule module, WovenCoverage coverage, TypePools pools, AdviceLibrary advice) {
        this.module = module;
        this.filter = module.filter();
        this.points = module.points();
        this.states = new StatePlanner(points);
        this.inheritance = new Inheritance(points);
        this.coverage = coverage;
        this.pools = pools;
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
            return isWoven(TypeDescription.ForLoadedType.of(loaded));
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
        coverage.refused(module.name(), type.getName(), type.getClassLoader(), reason);
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
            ClassFileLocator classFiles = pools.classFiles(loader, name, classFile);
            TypePool pool = pools.over(classFiles, name);
            TypeDescription type = pool.describe(name).resolve();
            if (type.isInterface() || !isWoven(type)) {
                return null;
            }
            if (OldClassFiles.isOld(type)) {
                classFiles = pools.classFiles(loader, name, OldClassFiles.raised(classFile, pool));
                pool = pools.over(classFiles, name);
                type = pool.describe(name).resolve();
            }
            byte[] woven = weave(loader, type, redefined, classFiles, pool);
            LOG.debug("woven {} by {}", name, module.name());
            if (module.proven(name)) {
                coverage.woven(module.name(), name, loader, note(redefined));
            } else {
                coverage.unproven(module.name(), name, loader);
            }
            return woven;
        } catch (Throwable t) {
            LOG.debug("cannot weave {} by {}", name, module.name(), t);
            coverage.refused(module.name(), name, loader, "cannot be woven: " + t);
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

    private boolean isWoven(TypeDescription type) {
        for (WeavePoint p : points) {
            if (p.types().matches(type)) {
                return true;
            }
        }
        return false;
    }

    private byte[] weave(
            @Nullable ClassLoader loader,
            TypeDescription type,
            @Nullable Class<?> redefined,
            ClassFileLocator classFiles,
            TypePool pool) {
        String unwoven = inheritance.unwoven(type);
        if (unwoven != null) {
            throw new IllegalStateException("it inherits " + unwoven + ", which is not woven");
        }
        StatePlanner.Place place = states.place(type, redefined);
        if (place == StatePlanner.Place.INJECTED_HERE) {
            StateCarriers.add(loader, type.getName());
        }
        WeaveRecipe recipe = new WeaveRecipe(module, type, place, advice);
        for (WeavePoint p : points) {
            if (p.types().matches(type)) {
                p.weave(recipe);
            }
        }
        return recipe.visit(BYTE_BUDDY.decorate(type, classFiles))
                .make(TypeResolutionStrategy.Disabled.INSTANCE, pool)
                .getBytes();
    }
}
