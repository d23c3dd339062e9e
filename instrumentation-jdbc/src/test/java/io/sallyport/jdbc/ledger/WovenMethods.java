package io.sallyport.jdbc.ledger;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** What the weave points do to methods, found out by running their matchers. */
final class WovenMethods {

    /** What is done to a getter in place of advice. */
    static final String READ = "read";

    private final List<WeavePoint> points;
    private final Map<TypeDescription, List<Asked>> asked = new HashMap<>();

    private record Asked(ElementMatcher<? super MethodDescription> methods, String advice) {}

    WovenMethods(List<WeavePoint> points) {
        this.points = points;
    }

    /** Simple names of the advice classes around a method, and {@link #READ} for a guarded getter; empty when it is not woven. */
    List<String> around(MethodDescription.InDefinedShape method) {
        if (method.isAbstract() || method.isNative() || method.isBridge()) {
            return List.of();
        }
        List<String> advice = new ArrayList<>();
        for (Asked a : asked.computeIfAbsent(method.getDeclaringType(), this::ask)) {
            if (a.methods().matches(method)) {
                advice.add(a.advice().substring(a.advice().lastIndexOf('.') + 1));
            }
        }
        return advice;
    }

    private List<Asked> ask(TypeDefinition type) {
        List<Asked> all = new ArrayList<>();
        Weave recorder = new Weave() {
            @Override
            public Weave state() {
                return this;
            }

            @Override
            public Weave call(ElementMatcher<? super MethodDescription> methods, String advice) {
                all.add(new Asked(methods, advice));
                return this;
            }

            @Override
            public Weave read(ElementMatcher<? super MethodDescription> getters) {
                all.add(new Asked(getters, READ));
                return this;
            }
        };
        TypeDescription description = type.asErasure();
        for (WeavePoint point : points) {
            if (!description.isInterface() && matches(point, description)) {
                point.weave(recorder);
            }
        }
        return all;
    }

    /** A class whose supertypes are missing cannot be loaded either. */
    private static boolean matches(WeavePoint point, TypeDescription type) {
        try {
            return point.types().matches(type);
        } catch (IllegalStateException optionalDependency) {
            return false;
        }
    }
}
