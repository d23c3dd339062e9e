package io.sallyport.weaving;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** Collects what the {@link WeavePoint}s ask for and turns it into visitors of one class. One instance per class. */
final class WeaveRecipe implements Weave {

    private static final ElementMatcher.Junction<MethodDescription> WITH_BODY = ElementMatchers.<MethodDescription>not(
                    ElementMatchers.isAbstract())
            .and(ElementMatchers.not(ElementMatchers.isNative()))
            .and(ElementMatchers.not(ElementMatchers.isBridge()));

    private final WeaveModule module;
    private final TypeDescription type;
    private final StatePlanner.Place place;
    private final AdviceLibrary library;
    /** One visitor for all methods: each further one would be a pass of its own over the class. */
    private AsmVisitorWrapper.ForDeclaredMethods methodVisitors = new AsmVisitorWrapper.ForDeclaredMethods();

    private boolean stateful;

    WeaveRecipe(WeaveModule module, TypeDescription type, StatePlanner.Place place, AdviceLibrary library) {
        this.module = module;
        this.type = type;
        this.place = place;
        this.library = library;
    }

    /** Applies what was asked for. */
    DynamicType.Builder<?> visit(DynamicType.Builder<?> builder) {
        DynamicType.Builder<?> visited =
                stateful && place == StatePlanner.Place.INJECTED_HERE ? builder.visit(new StateInjection()) : builder;
        return visited.visit(methodVisitors);
    }

    @Override
    public Weave state() {
        stateful = true;
        return this;
    }

    @Override
    public Weave call(ElementMatcher<? super MethodDescription> methods, String advice) {
        return add(methods, library.linked(module, advice));
    }

    @Override
    public Weave must(ElementMatcher<? super MethodDescription> methods, String advice) {
        if (type.getDeclaredMethods().filter(WITH_BODY.and(methods)).isEmpty()) {
            throw new IllegalStateException("this version has no method for "
                    + advice.substring(advice.lastIndexOf('.') + 1) + " (" + methods + ")");
        }
        return call(methods, advice);
    }

    @Override
    public Weave straight(String owner, String getter, String field) {
        methodVisitors = methodVisitors.invokable(
                ElementMatchers.any(), new StraightCalls(module, owner.replace('.', '/'), getter, field));
        return this;
    }

    @Override
    public Weave read(ElementMatcher<? super MethodDescription> getters) {
        if (!stateful) {
            throw new IllegalStateException("getters of " + type.getName() + " can only be guarded after state()");
        }
        ElementMatcher.Junction<MethodDescription> all =
                ElementMatchers.<MethodDescription>any().and(getters);
        for (ReadShape shape : ReadShape.ALL) {
            add(all.and(shape.methods()), library.read(type, place, shape.advice()));
        }
        return this;
    }

    private Weave add(ElementMatcher<? super MethodDescription> methods, Advice advice) {
        methodVisitors = methodVisitors.method(WITH_BODY.and(methods), advice);
        return this;
    }
}
