package io.sallyport.jdbc.ledger;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.MethodInfo;
import io.sallyport.weaving.match.TypeInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.description.method.MethodDescription;

/** What the weave points do to methods, found out by running their matchers. */
final class WovenMethods {

    /** What is done to a getter in place of advice. */
    static final String READ = "read";

    private final List<WeavePoint> points;
    private final DriverJar driver;
    private final Map<TypeInfo, List<Asked>> asked = new HashMap<>();

    private record Asked(Match<? super MethodInfo> methods, String advice) {}

    WovenMethods(List<WeavePoint> points, DriverJar driver) {
        this.points = points;
        this.driver = driver;
    }

    /** Simple names of the advice classes around a method, and {@link #READ} for a guarded getter; empty when it is not woven. */
    List<String> around(MethodDescription.InDefinedShape described) {
        TypeInfo type = driver.type(described.getDeclaringType().asErasure().getName());
        List<String> advice = new ArrayList<>();
        for (MethodInfo method : type.methods()) {
            if (method.name().equals(described.getInternalName())
                    && method.descriptor().equals(described.getDescriptor())
                    && method.hasBody()) {
                for (Asked a : asked.computeIfAbsent(type, this::ask)) {
                    if (a.methods().matches(method)) {
                        advice.add(a.advice().substring(a.advice().lastIndexOf('.') + 1));
                    }
                }
            }
        }
        return advice;
    }

    private List<Asked> ask(TypeInfo type) {
        List<Asked> all = new ArrayList<>();
        Weave recorder = new Weave() {
            @Override
            public Weave state() {
                return this;
            }

            @Override
            public Weave call(Match<? super MethodInfo> methods, String advice) {
                all.add(new Asked(methods, advice));
                return this;
            }

            @Override
            public Weave read(Match<? super MethodInfo> getters) {
                all.add(new Asked(getters, READ));
                return this;
            }
        };
        for (WeavePoint point : points) {
            if (!type.isInterface() && matches(point, type)) {
                point.weave(recorder);
            }
        }
        return all;
    }

    /** A class whose supertypes are missing cannot be loaded either. */
    private static boolean matches(WeavePoint point, TypeInfo type) {
        try {
            return point.types().matches(type);
        } catch (IllegalStateException optionalDependency) {
            return false;
        }
    }
}
