package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportState;
import io.sallyport.weaving.match.FieldInfo;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.MethodInfo;
import io.sallyport.weaving.match.TypeInfo;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides where the state of a woven type lives. Only the topmost woven class of a hierarchy carries the field, so that inherited
 * and overridden getters read the same one.
 */
final class StatePlanner {

    /** Where a type's state lives. */
    enum Place {
        INJECTED_HERE,
        INHERITED,
        WEAK_MAP
    }

    private final List<WeavePoint> points;
    private final Set<String> loadedBefore = ConcurrentHashMap.newKeySet();

    StatePlanner(List<WeavePoint> points) {
        this.points = points;
    }

    /** The class existed before its module was installed and keeps the shape it has. */
    void loadedBefore(Class<?> type) {
        loadedBefore.add(type.getName());
    }

    Place place(TypeInfo type, @Nullable Class<?> redefined) {
        if (redefined != null) {
            return !SallyportState.class.isAssignableFrom(redefined)
                    ? Place.WEAK_MAP
                    : declaresState(redefined) ? Place.INJECTED_HERE : Place.INHERITED;
        }
        for (TypeInfo t = parent(type); t != null; t = parent(t)) {
            if (wantsState(t)) {
                // The topmost one decides for all below it.
                Place above = place(t, null);
                return above == Place.WEAK_MAP ? Place.WEAK_MAP : Place.INHERITED;
            }
        }
        return canChange(type) ? Place.INJECTED_HERE : Place.WEAK_MAP;
    }

    private boolean canChange(TypeInfo type) {
        if (loadedBefore.contains(type.name()) || type.isSubtypeOf(SallyportState.class.getName())) {
            // The latter made itself look like a woven class: a proxy over all interfaces of one.
            return false;
        }
        // A computed serialVersionUID covers the interfaces and methods that injection adds.
        boolean computedUid = type.isSubtypeOf(Serializable.class.getName()) && !declaresUid(type);
        return !computedUid;
    }

    private static boolean declaresUid(TypeInfo type) {
        for (FieldInfo f : type.fields()) {
            if (f.name().equals("serialVersionUID")) {
                return true;
            }
        }
        return false;
    }

    private boolean wantsState(TypeInfo type) {
        Probe probe = new Probe();
        for (WeavePoint p : points) {
            if (p.types().matches(type)) {
                p.weave(probe);
            }
        }
        return probe.state;
    }

    private static @Nullable TypeInfo parent(TypeInfo type) {
        TypeInfo parent = type.superclass();
        return parent == null || parent.name().equals("java.lang.Object") ? null : parent;
    }

    private static boolean declaresState(Class<?> type) {
        for (Class<?> i : type.getInterfaces()) {
            if (i == SallyportState.class) {
                return true;
            }
        }
        return false;
    }

    /** Finds out whether a point asks for a state. */
    private static final class Probe implements Weave {
        private boolean state;

        @Override
        public Weave state() {
            state = true;
            return this;
        }

        @Override
        public Weave call(Match<? super MethodInfo> methods, String advice) {
            return this;
        }

        @Override
        public Weave read(Match<? super MethodInfo> getters) {
            return this;
        }
    }
}
