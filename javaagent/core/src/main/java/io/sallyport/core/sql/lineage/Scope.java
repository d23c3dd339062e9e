package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.structure.FromItem;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The relations whose columns can be named at one place, and the scopes around it. */
final class Scope {

    /** Each name is looked for in each relation; MySQL joins 61 at most, and other servers' planners give up long before this. */
    static final int MOST_RELATIONS = 256;

    private final @Nullable Scope outer;
    private final List<Relation> joined = new ArrayList<>();
    private final JoinColumns joins = new JoinColumns();
    private final Map<String, Span> windows = new HashMap<>();
    private final boolean wholeRows;

    /**
     * @param wholeRows a relation's name stands for its row, as in PostgreSQL
     */
    Scope(@Nullable Scope outer, boolean wholeRows) {
        this.outer = outer;
        this.wholeRows = wholeRows;
    }

    /** The scope around this one. */
    @Nullable
    Scope outer() {
        return outer;
    }

    /** Adds a relation that is joined to nothing else. */
    void add(Relation relation) {
        joined.add(relation);
        joins.add(relation);
    }

    void add(Relation relation, FromItem item) {
        if (joined.size() >= MOST_RELATIONS) {
            throw new UnreadableException("too many relations");
        }
        joined.add(relation);
        joins.add(relation, item);
    }

    /** What {@code members} adds is a join in brackets. */
    void addGroup(FromItem item, Runnable members) {
        joins.group(item, members);
    }

    /** The server may have an order of its own for the columns of {@code *}. */
    void markUnsureOfOrder() {
        joins.markUnsure();
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
            for (Relation j : s.joined) {
                if (j.label().equals(label)) {
                    return j;
                }
            }
        }
        return null;
    }

    /** Adds the column {@code name} where a relation has one or may have one. */
    void resolveKnown(String name, Origins into) {
        for (Scope s = this; s != null; s = s.outer) {
            for (Relation j : s.joined) {
                Out named = j.isHidden() ? null : j.named(name);
                Out out = named != null || j.isHidden() ? named : j.maybe(name);
                if (out != null) {
                    into.add(out);
                }
            }
        }
    }

    /** The one column that is surely called {@code name}, in the innermost scope that has such; {@code null} where several are or may be. */
    @Nullable
    Out only(String name) {
        for (Scope s = this; s != null; s = s.outer) {
            Out found = null;
            for (Relation j : s.joined) {
                Out out = j.isHidden() ? null : j.named(name);
                if (out != null && found != null) {
                    return null;
                }
                found = out == null ? found : out;
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Adds what the unqualified {@code name} may stand for; PostgreSQL looks for a column, around the query too, before it takes a row. */
    void resolve(String name, Origins into) {
        boolean matched = false;
        Relation row = null;
        for (Scope s = this; s != null; s = s.outer) {
            boolean sure = false;
            for (Relation j : s.joined) {
                Out out = j.isHidden() ? null : j.named(name);
                if (out != null) {
                    into.add(out);
                    sure = true;
                }
            }
            if (sure) {
                return;
            }
            for (Relation j : s.joined) {
                Out out = j.isHidden() ? null : j.maybe(name);
                if (out != null) {
                    into.add(out);
                    matched = true;
                }
            }
            for (Relation j : s.joined) {
                row = row == null && wholeRows && j.label().equals(name) ? j : row;
            }
        }
        if (row != null) {
            row.row(into);
        } else if (!matched) {
            // No column known to the catalogue; it may be newer than the catalogue is.
            for (Relation j : joined) {
                Out other = j.misnamed();
                if (j.isBase()) {
                    into.add(j.origin(name));
                } else if (other != null) {
                    into.add(other);
                }
            }
        }
    }

    /** All values of this scope's rows. */
    void rows(Origins into) {
        for (Relation j : joined) {
            if (!j.isHidden()) {
                j.row(into);
            }
        }
    }

    /** Names that USING and NATURAL compare. */
    Set<String> common() {
        return joins.common();
    }

    /** The columns of {@code *}. */
    List<Out> star() {
        return joins.star();
    }
}
