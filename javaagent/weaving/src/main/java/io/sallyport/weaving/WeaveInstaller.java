package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.VisibilityBridgeStrategy;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Installs the class file transformers of all modules and connects the bootstrap gate. */
public final class WeaveInstaller {

    private static final Logger LOG = LoggerFactory.getLogger(WeaveInstaller.class);

    private final Instrumentation instrumentation;
    private final ClassLoader agent = WeaveInstaller.class.getClassLoader();
    private final WovenCoverage coverage = new WovenCoverage();
    private final ClassFileLocator adviceClassFiles = ClassFileLocator.ForClassLoader.of(agent);
    private final ThreadLocal<Class<?>> redefining = new ThreadLocal<>();
    private final TypePool adviceTypes = TypePool.Default.WithLazyResolution.of(adviceClassFiles);

    public WeaveInstaller(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** What is woven so far; needed to build the {@link AgentContext} that {@link #install} takes. */
    public Coverage coverage() {
        return coverage;
    }

    /** Connects the gate first and weaves afterwards, so that no woven call finds the gate unconnected. */
    public void install(AgentContext context, List<WeaveModule> modules) {
        try {
            SallyportGate.connect(BootKey.KEY, new CallSiteLinker(modules, agent, coverage).handle(), context);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot build the call site linker", e);
        }
        for (WeaveModule m : modules) {
            StatePlanner states = new StatePlanner(m.points());
            List<Class<?>> loaded = loaded(m);
            loaded.forEach(states::loadedBefore);
            instrumentation.addTransformer(
                    new PrefilteredTransformer(transformer(m, states), m.filter(), redefining), true);
            loaded.forEach(c -> retransform(m, c));
        }
    }

    private ClassFileTransformer transformer(WeaveModule module, StatePlanner states) {
        // Byte Buddy's nexus would define a class with sun.misc.Unsafe, which prints warnings on JDK 24 and newer.
        String nexus = "net.bytebuddy.nexus.disabled";
        String before = System.getProperty(nexus);
        System.setProperty(nexus, "true");
        try {
            ByteBuddy byteBuddy = new ByteBuddy()
                    .with(TypeValidation.DISABLED)
                    .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
                    .with(VisibilityBridgeStrategy.Default.NEVER)
                    .with(InstrumentedType.Factory.Default.FROZEN);
            return new AgentBuilder.Default(byteBuddy)
                    .with(AgentBuilder.TypeStrategy.Default.DECORATE)
                    .with(AgentBuilder.InitializationStrategy.NoOp.INSTANCE)
                    .with(AgentBuilder.DescriptionStrategy.Default.POOL_ONLY)
                    .with(new TypesOnBootstrapPath())
                    .with(new Report(module))
                    .ignore(ElementMatchers.none())
                    .type(woven(module))
                    .transform(new Transformation(module, states))
                    .makeRaw();
        } finally {
            if (before == null) {
                System.clearProperty(nexus);
            } else {
                System.setProperty(nexus, before);
            }
        }
    }

    private static ElementMatcher.Junction<TypeDescription> woven(WeaveModule module) {
        ElementMatcher.Junction<TypeDescription> any = ElementMatchers.none();
        for (WeavePoint p : module.points()) {
            any = any.or(p.types());
        }
        return ElementMatchers.<TypeDescription>not(ElementMatchers.isInterface())
                .and(any);
    }

    private List<Class<?>> loaded(WeaveModule module) {
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> c : instrumentation.getAllLoadedClasses()) {
            if (!c.isInterface()
                    && !c.isArray()
                    && !OwnLoaders.contains(c.getClassLoader())
                    && instrumentation.isModifiableClass(c)
                    && module.filter().mayWeaveLoaded(c)) {
                loaded.add(c);
            }
        }
        return loaded;
    }

    private void retransform(WeaveModule module, Class<?> type) {
        try {
            instrumentation.retransformClasses(type);
        } catch (Throwable t) {
            coverage.refused(
                    module.name(),
                    type.getName(),
                    type.getClassLoader(),
                    "loaded before the agent and not changeable: " + t);
        }
    }

    private final class Transformation implements AgentBuilder.Transformer {
        private final WeaveModule module;
        private final StatePlanner states;

        Transformation(WeaveModule module, StatePlanner states) {
            this.module = module;
            this.states = states;
        }

        @Override
        public DynamicType.Builder<?> transform(
                DynamicType.Builder<?> builder,
                TypeDescription type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule javaModule,
                @Nullable ProtectionDomain domain) {
            ClassFileVersion version = type.getClassFileVersion();
            if (version != null && version.isLessThan(ClassFileVersion.JAVA_V7)) {
                throw new IllegalStateException("class files older than Java 7 cannot be linked by invokedynamic");
            }
            WeaveRecipe recipe = new WeaveRecipe(
                    module, type, states.place(type, redefining.get()), adviceTypes, adviceClassFiles, builder);
            for (WeavePoint p : module.points()) {
                if (p.types().matches(type)) {
                    p.weave(recipe);
                }
            }
            return recipe.builder();
        }
    }

    private final class Report extends AgentBuilder.Listener.Adapter {
        private final WeaveModule module;

        Report(WeaveModule module) {
            this.module = module;
        }

        @Override
        public void onTransformation(
                TypeDescription type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule javaModule,
                boolean loaded,
                DynamicType dynamicType) {
            LOG.debug("woven {} by {}", type.getName(), module.name());
            if (module.proven(type.getName())) {
                coverage.woven(module.name(), type.getName(), loader);
            } else {
                coverage.unproven(module.name(), type.getName(), loader);
            }
        }

        @Override
        public void onError(
                String typeName,
                @Nullable ClassLoader loader,
                @Nullable JavaModule javaModule,
                boolean loaded,
                Throwable error) {
            LOG.debug("cannot weave {} by {}", typeName, module.name(), error);
            coverage.refused(module.name(), typeName, loader, "cannot be woven: " + error);
        }
    }
}
