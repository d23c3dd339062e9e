package io.sallyport.weaving;

import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.MethodInfo;
import io.sallyport.weaving.match.TypeInfo;
import java.util.ArrayList;
import java.util.List;
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
    private record Asked(Match<? super MethodInfo> methods, String advice) {}

    /** A method that {@code type} inherits unwoven, in words; {@code null} when there is none. */
    @Nullable
    String unwoven(TypeInfo type) {
        List<Asked> wanted = asked(type);
        for (TypeInfo above = parent(type); above != null; above = parent(above)) {
            List<Asked> done = asked(above);
            for (MethodInfo method : above.methods()) {
                if (isReachable(method) && !isOverridden(method, type, above) && isLeftOut(method, wanted, done)) {
                    return above.name() + "." + method.name();
                }
            }
        }
        return null;
    }

    private List<Asked> asked(TypeInfo type) {
        List<Asked> asked = new ArrayList<>();
        Weave recorder = new Weave() {
            @Override
            public Weave state() {
                return this;
            }

            @Override
            public Weave call(Match<? super MethodInfo> methods, String advice) {
                asked.add(new Asked(methods, advice));
                return this;
            }

            @Override
            public Weave read(Match<? super MethodInfo> getters) {
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

    private static boolean isLeftOut(MethodInfo method, List<Asked> wanted, List<Asked> done) {
        for (Asked w : wanted) {
            if (w.methods().matches(method) && !isDone(method, w.advice(), done)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDone(MethodInfo method, String advice, List<Asked> done) {
        for (Asked d : done) {
            if (d.advice().equals(advice) && d.methods().matches(method)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReachable(MethodInfo method) {
        return method.isPublic()
                && !method.isConstructor()
                && !method.isStatic()
                && !method.isAbstract()
                && !method.isBridge()
                && !method.isSynthetic();
    }

    /** By {@code type} or a class between it and {@code declaring}; what those declare is judged by itself. */
    private static boolean isOverridden(MethodInfo method, TypeInfo type, TypeInfo declaring) {
        for (TypeInfo t = type; t != null && !t.equals(declaring); t = parent(t)) {
            for (MethodInfo own : t.methods()) {
                if (own.isLike(method)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable TypeInfo parent(TypeInfo type) {
        TypeInfo parent = type.superclass();
        return parent == null
                        || parent.name().startsWith("java.")
                        || parent.name().startsWith("javax.")
                ? null
                : parent;
    }
}
