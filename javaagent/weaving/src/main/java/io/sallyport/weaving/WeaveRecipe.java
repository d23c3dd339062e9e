package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import java.lang.reflect.Method;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.constant.NullConstant;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaConstant;

/** Turns what the {@link WeavePoint}s ask for into visitors of one class. One instance per class. */
final class WeaveRecipe implements Weave {

    private static final Method LINK = linkMethod();

    private final WeaveModule module;
    private final TypeDescription type;
    private final StatePlanner.Place place;
    private final TypePool adviceTypes;
    private final ClassFileLocator adviceClassFiles;
    private DynamicType.Builder<?> builder;
    private boolean stateful;

    WeaveRecipe(
            WeaveModule module,
            TypeDescription type,
            StatePlanner.Place place,
            TypePool adviceTypes,
            ClassFileLocator adviceClassFiles,
            DynamicType.Builder<?> builder) {
        this.module = module;
        this.type = type;
        this.place = place;
        this.adviceTypes = adviceTypes;
        this.adviceClassFiles = adviceClassFiles;
        this.builder = builder;
    }

    DynamicType.Builder<?> builder() {
        return builder;
    }

    @Override
    public Weave state() {
        if (!stateful && place == StatePlanner.Place.INJECTED_HERE) {
            builder = builder.visit(new StateInjection());
        }
        stateful = true;
        return this;
    }

    @Override
    public Weave call(ElementMatcher<? super MethodDescription> methods, String advice) {
        Advice linked = Advice.withCustomMapping()
                .with(new Advice.AssignReturned.Factory())
                .bootstrap(LINK, new LinkArguments(module, advice))
                .to(adviceTypes.describe(advice).resolve(), adviceClassFiles);
        return visit(linked, methods);
    }

    @Override
    public Weave read(ElementMatcher<? super MethodDescription> getters) {
        if (!stateful) {
            throw new IllegalStateException("getters of " + type.getName() + " can only be guarded after state()");
        }
        Advice.WithCustomMapping mapping = Advice.withCustomMapping();
        // Without a field every getter takes the slow path, which finds the state in the weak map.
        mapping = place == StatePlanner.Place.WEAK_MAP
                ? mapping.bind(ReadAdvice.State.class, NullConstant.INSTANCE, Object.class)
                : mapping.bind(ReadAdvice.State.class, StateInjection.field(type));
        return visit(mapping.to(adviceTypes.describe(ReadAdvice.class.getName()).resolve(), adviceClassFiles), getters);
    }

    private Weave visit(Advice advice, ElementMatcher<? super MethodDescription> methods) {
        ElementMatcher.Junction<MethodDescription> withBody = ElementMatchers.<MethodDescription>not(
                        ElementMatchers.isAbstract())
                .and(ElementMatchers.not(ElementMatchers.isNative()))
                .and(ElementMatchers.not(ElementMatchers.isBridge()))
                .and(methods);
        builder = builder.visit(new AsmVisitorWrapper.ForDeclaredMethods().method(withBody, advice));
        return this;
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
    }
}
