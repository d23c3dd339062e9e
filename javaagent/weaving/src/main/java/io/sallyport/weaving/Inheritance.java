package io.sallyport.weaving;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Methods that a woven type has from a superclass that is not woven with it. A class can implement an interface with code that it
 * inherits from a class which does not implement it, and only what a class declares itself is woven: such a class looks woven and is
 * open.
 */
final class Inheritance {

    private final List<WeavePoint> points;

    Inheritance(List<WeavePoint> points) {
        this.points = points;
    }

    /** What a point asks of the methods of a type. */
    private record Asked(ElementMatcher<? super MethodDescription> methods, String advice) {}

    /** A method that {@code type} inherits unwoven, in words; {@code null} when there is none. */
    @Nullable
    String unwoven(TypeDescription type) {
        List<Asked> wanted = asked(type);
        for (TypeDescription above = parent(type); above != null; above = parent(above)) {
            List<Asked> done = asked(above);
            for (MethodDescription.InDefinedShape method : above.getDeclaredMethods()) {
                if (isReachable(method) && !isOverridden(method, type, above) && isLeftOut(method, wanted, done)) {
                    return above.getName() + "." + method.getName();
                }
            }
        }
        return null;
    }

    private List<Asked> asked(TypeDescription type) {
        List<Asked> asked = new ArrayList<>();
        Weave recorder = new Weave() {
            @Override
            public Weave state() {
                return this;
            }

            @Override
            public Weave call(ElementMatcher<? super MethodDescription> methods, String advice) {
                asked.add(new Asked(methods, advice));
                return this;
            }

            @Override
            public Weave read(ElementMatcher<? super MethodDescription> getters) {
                asked.add(new Asked(getters, ""));
                return this;
            }
        };
        for (WeavePoint point : points) {
            if (point.types().matches(type)) {
                point.weave(recorder);
            }
        }
        return asked;
    }

    private static boolean isLeftOut(MethodDescription method, List<Asked> wanted, List<Asked> done) {
        for (Asked w : wanted) {
            if (w.methods().matches(method) && !isDone(method, w.advice(), done)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDone(MethodDescription method, String advice, List<Asked> done) {
        for (Asked d : done) {
            if (d.advice().equals(advice) && d.methods().matches(method)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReachable(MethodDescription method) {
        return method.isPublic()
                && method.isMethod()
                && !method.isStatic()
                && !method.isAbstract()
                && !method.isBridge()
                && !method.isSynthetic();
    }

    /** By {@code type} or a class between it and {@code declaring}; what those declare is judged by itself. */
    private static boolean isOverridden(
            MethodDescription.InDefinedShape method, TypeDescription type, TypeDescription declaring) {
        for (TypeDescription t = type; t != null && !t.equals(declaring); t = parent(t)) {
            for (MethodDescription.InDefinedShape own : t.getDeclaredMethods()) {
                if (own.getName().equals(method.getName()) && sameParameters(own, method)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Everything in a descriptor up to the return type. */
    private static boolean sameParameters(MethodDescription one, MethodDescription other) {
        String a = one.getDescriptor();
        String b = other.getDescriptor();
        return a.substring(0, a.indexOf(')')).equals(b.substring(0, b.indexOf(')')));
    }

    private static @Nullable TypeDescription parent(TypeDescription type) {
        TypeDescription.Generic parent = type.getSuperClass();
        TypeDescription erased = parent == null ? null : parent.asErasure();
        return erased == null
                        || erased.getName().startsWith("java.")
                        || erased.getName().startsWith("javax.")
                ? null
                : erased;
    }
}
