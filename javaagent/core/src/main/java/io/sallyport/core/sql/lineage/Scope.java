package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The relations whose columns can be named at one place, and the scopes around it. */
final class Scope {

    /** A relation and how its columns merge with those before it. */
    record Joined(Relation relation, boolean natural, List<String> using) {}

    private final @Nullable Scope outer;
    private final List<Joined> joined = new ArrayList<>();
    private final Map<String, Span> windows = new HashMap<>();
    private final boolean wholeRows;

    /**
     * @param wholeRows a relation's name stands for its row, as in PostgreSQL
     */
    Scope(@Nullable Scope outer, boolean wholeRows) {
        this.outer = outer;
        this.wholeRows = wholeRows;
    }

    void add(Relation relation) {
        joined.add(new Joined(relation, false, List.of()));
    }

    void add(Relation relation, boolean natural, List<String> using) {
        joined.add(new Joined(relation, natural, using));
    }

    void window(String name, Span definition) {
        windows.put(name, definition);
    }

    @Nullable
    Span window(String name) {
        return windows.get(name);
    }

    /** The relation called {@code label}, here or around; {@code null} when there's none. */
    @Nullable
    Relation relation(String label) {
        for (Scope s = this; s != null; s = s.outer) {
            for (Joined j : s.joined) {
                if (j.relation().label().equals(label)) {
                    return j.relation();
                }
            }
        }
        return null;
    }

    /** Adds the column {@code name} where a relation has one or may have one. */
    void resolveKnown(String name, Origins into) {
        for (Scope s = this; s != null; s = s.outer) {
            for (Joined j : s.joined) {
                Out out = j.relation().isHidden() ? null : j.relation().named(name);
                Out maybe = j.relation().isHidden() ? null : j.relation().maybe(name);
                if (out != null || maybe != null) {
                    into.add(out != null ? out : maybe);
                }
            }
        }
    }

    /** Adds what the unqualified {@code name} may stand for. */
    void resolve(String name, Origins into) {
        boolean matched = false;
        for (Scope s = this; s != null; s = s.outer) {
            boolean sure = false;
            for (Joined j : s.joined) {
                Out out = j.relation().isHidden() ? null : j.relation().named(name);
                if (out != null) {
                    into.add(out);
                    sure = true;
                }
            }
            if (sure) {
                return;
            }
            for (Joined j : s.joined) {
                Out out = j.relation().isHidden() ? null : j.relation().maybe(name);
                if (out != null) {
                    into.add(out);
                    matched = true;
                }
            }
            for (Joined j : s.joined) {
                if (wholeRows && j.relation().label().equals(name)) {
                    j.relation().row(into);
                    if (!matched) {
                        return;
                    }
                }
            }
        }
        if (!matched) {
            // No column known to the catalogue; it may be newer than the catalogue is.
            for (Joined j : joined) {
                Out other = j.relation().misnamed();
                if (j.relation().isBase()) {
                    into.add(j.relation().origin(name));
                } else if (other != null) {
                    into.add(other);
                }
            }
        }
    }

    /** All values of this scope's rows. */
    void rows(Origins into) {
        for (Joined j : joined) {
            if (!j.relation().isHidden()) {
                j.relation().row(into);
            }
        }
    }

    /** The columns of {@code *}: those of USING and NATURAL joins once and first (SQL:2016, 7.10). */
    List<Out> star() {
        List<Out> columns = new ArrayList<>();
        for (Joined j : joined) {
            if (j.relation().isHidden()) {
                continue;
            }
            List<Out> right = j.relation().outs();
            Set<String> common = new LinkedHashSet<>(j.using());
            if (j.natural()) {
                for (Out out : columns) {
                    if (out.name() != null && j.relation().named(out.name()) != null) {
                        common.add(out.name());
                    }
                }
            }
            if (common.isEmpty()) {
                columns.addAll(right);
            } else {
                columns = merged(columns, right, common);
            }
        }
        return columns;
    }

    private static List<Out> merged(List<Out> left, List<Out> right, Set<String> common) {
        List<Out> all = new ArrayList<>();
        boolean open = left.stream().anyMatch(Out::isOpen);
        for (String name : common) {
            Out one = find(left, name);
            Out two = find(right, name);
            if (one != null) {
                all.add(two == null ? one : one.plus(two));
            } else if (!open && two != null) {
                all.add(two);
            }
        }
        for (Out out : left) {
            if (out.name() == null || !common.contains(out.name())) {
                all.add(out);
            }
        }
        for (Out out : right) {
            if (out.name() == null || !common.contains(out.name())) {
                all.add(out);
            }
        }
        return all;
    }

    private static @Nullable Out find(List<Out> outs, String name) {
        for (Out out : outs) {
            if (name.equals(out.name())) {
                return out;
            }
        }
        return null;
    }

    /** Names that more than one relation here is known to have: what NATURAL joins on. */
    Set<String> common() {
        Set<String> seen = new LinkedHashSet<>();
        Set<String> common = new LinkedHashSet<>();
        for (Joined j : joined) {
            for (Out out : j.relation().outs()) {
                if (out.name() != null && !seen.add(out.name())) {
                    common.add(out.name());
                }
            }
        }
        return common;
    }
}
