package io.sallyport.core.sql.lineage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Common table expressions that are visible at one place, with their columns. */
final class Ctes {

    private final @Nullable Ctes outer;
    private final Map<String, Relation> here = new HashMap<>();

    Ctes(@Nullable Ctes outer) {
        this.outer = outer;
    }

    void put(String name, List<Out> outs) {
        here.put(name, Relation.derived(name, outs));
    }

    /** Binds {@code name} to a relation of which nothing is known yet. */
    void putUnknown(String name) {
        here.put(
                name,
                Relation.derived(name, List.of(Out.column(null, Set.of(), true).repeated())));
    }

    void remove(String name) {
        here.remove(name);
    }

    @Nullable
    Relation get(String name) {
        for (Ctes c = this; c != null; c = c.outer) {
            Relation found = c.here.get(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The same, or none. */
    static Ctes orNone(@Nullable Ctes ctes) {
        return ctes == null ? new Ctes(null) : ctes;
    }
}
