package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.bytecode.constant.NullConstant;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaConstant;
import org.jspecify.annotations.Nullable;

/** Advice classes, read once. Thread-safe. */
final class AdviceLibrary {

    private static final Method LINK = linkMethod();

    private final ClassFileLocator classFiles;
    private final TypePool types;
    private final Map<LinkArguments, Advice> linked = new ConcurrentHashMap<>();
    private final Map<String, TypeDescription> described = new ConcurrentHashMap<>();

    AdviceLibrary(ClassLoader agent) {
        classFiles = ClassFileLocator.ForClassLoader.of(agent);
        types = TypePool.Default.WithLazyResolution.of(classFiles);
    }

    /** Advice of a module that is called through {@code invokedynamic}; see {@link Weave#call}. */
    Advice linked(WeaveModule module, String advice) {
        LinkArguments key = new LinkArguments(module, advice);
        Advice known = linked.get(key);
        if (known == null) {
            known = Advice.withCustomMapping()
                    .with(new Advice.AssignReturned.Factory())
                    .bootstrap(LINK, key)
                    .to(types.describe(advice).resolve(), classFiles);
            linked.put(key, known);
        }
        return known;
    }

    /** The inlined look at a carrier's state by the getters of one {@link ReadShape}; see {@link Weave#read}. */
    Advice read(TypeDescription carrier, StatePlanner.Place place, String name) {
        TypeDescription advice = described.get(name);
        if (advice == null) {
            advice = types.describe(name).resolve();
            described.put(name, advice);
        }
        Advice.WithCustomMapping mapping = Advice.withCustomMapping();
        // Without a field every getter takes the slow path, which finds the state in the weak map.
        mapping = place == StatePlanner.Place.WEAK_MAP
                ? mapping.bind(ReadAdvice.State.class, NullConstant.INSTANCE, Object.class)
                : mapping.bind(ReadAdvice.State.class, StateInjection.field(carrier));
        return mapping.to(advice, classFiles);
    }

    private static Method linkMethod() {
        for (Method m : SallyportGate.class.getMethods()) {
            if (m.getName().equals("link")) {
                return m;
            }
        }
        throw new IllegalStateException("the bootstrap gate has no link method");
    }

    /** The constants that a call site hands to the linker. A class, since linking a lambda inside a transformer can recurse. */
    private record LinkArguments(WeaveModule module, String advice)
            implements Advice.BootstrapArgumentResolver.Factory, Advice.BootstrapArgumentResolver {

        @Override
        public Advice.BootstrapArgumentResolver resolve(MethodDescription.InDefinedShape adviceMethod, boolean exit) {
            return this;
        }

        @Override
        public List<JavaConstant> resolve(TypeDescription instrumentedType, MethodDescription instrumentedMethod) {
            return List.of(
                    JavaConstant.Simple.ofLoaded(module.idiom().argument()),
                    JavaConstant.Simple.ofLoaded(module.name()),
                    JavaConstant.Simple.ofLoaded(advice));
        }

        // Written out: what a record generates is linked by invokedynamic, too.
        @Override
        public boolean equals(@Nullable Object o) {
            return o instanceof LinkArguments other && other.module == module && other.advice.equals(advice);
        }

        @Override
        public int hashCode() {
            return advice.hashCode();
        }
    }
}
