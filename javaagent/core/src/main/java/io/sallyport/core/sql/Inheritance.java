package io.sallyport.core.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Columns whose values were copied from other columns by statements that this process sent (CREATE TABLE AS, INSERT … SELECT, CREATE
 * VIEW, SELECT INTO, session variables): what is so made is as sensitive as what it was made of. Immutable; names are folded.
 *
 * <p>Kept closed: the origins of a column are base columns, since a copy of a copy was resolved when it was noted.
 */
public final class Inheritance {
    /** Nothing was copied. */
    public static final Inheritance NONE = new Inheritance(Map.of());

    /**
     * What one column of a table was made of. {@code schema} is {@code null} where the statement named none.
     *
     * @param lasting whether what its origins come to hold later is in it as well: children and parents, generated columns, tables
     *     under another name
     */
    private record Heir(@Nullable String schema, String column, Set<ColumnOrigin> origins, boolean lasting) {
        boolean isIn(@Nullable String otherSchema) {
            return schema == null || otherSchema == null || schema.equals(otherSchema);
        }

        /** Adds what a column of this name was made of. */
        void addTo(Set<ColumnOrigin> all, String name) {
            for (ColumnOrigin origin : origins) {
                boolean same =
                        column.equals(ColumnOrigin.SAME) && origin.column().equals(ColumnOrigin.SAME);
                all.add(same ? new ColumnOrigin(origin.schema(), origin.table(), name) : origin);
            }
        }

        /** A copy of unknown columns went into unknown columns: each may hold each. */
        boolean isColumn(String other) {
            return column.equals(other)
                    || column.equals(ColumnOrigin.SAME)
                    || column.equals(ColumnOrigin.WHOLE_ROW)
                    || other.equals(ColumnOrigin.WHOLE_ROW);
        }
    }

    private final Map<String, List<Heir>> byTable;

    private Inheritance(Map<String, List<Heir>> byTable) {
        this.byTable = byTable;
    }

    private static final String CONSTANT = "<constant ";

    /** What all variables, or all constants, hold. */
    private Set<ColumnOrigin> underPrefix(String prefix) {
        Set<ColumnOrigin> all = new LinkedHashSet<>();
        byTable.forEach((table, heirs) -> {
            if (table.startsWith(prefix)) {
                heirs.forEach(heir -> all.addAll(heir.origins));
            }
        });
        return all;
    }

    Set<ColumnOrigin> ofVariables() {
        return underPrefix("@");
    }

    /** What everything that is known here was made of. */
    public Set<ColumnOrigin> ofAll() {
        return underPrefix("");
    }

    Set<ColumnOrigin> ofConstants() {
        return underPrefix(CONSTANT);
    }

    static boolean isConstant(String table) {
        return table.startsWith(CONSTANT);
    }

    /** Name of the table that stands for a constant. */
    public static String constant(String name) {
        return CONSTANT + name + ">";
    }

    public boolean isEmpty() {
        return byTable.isEmpty();
    }

    /** Tables, views and variables that hold copies. */
    public int size() {
        return byTable.size();
    }

    public boolean hasTable(String table) {
        return byTable.containsKey(table);
    }

    /** What a column was made of; empty where it holds no copy. {@link ColumnOrigin#WHOLE_ROW} asks for all columns at once. */
    public Set<ColumnOrigin> of(@Nullable String schema, String table, String column) {
        if (!byTable.containsKey(table)) {
            return Set.of();
        }
        Set<ColumnOrigin> origins = new LinkedHashSet<>();
        ColumnOrigin asked = new ColumnOrigin(schema, table, column);
        Set<ColumnOrigin> followed = new HashSet<>(Set.of(asked));
        List<ColumnOrigin> next = new ArrayList<>(List.of(asked));
        while (!next.isEmpty()) {
            ColumnOrigin one = next.remove(next.size() - 1);
            for (Heir heir : byTable.getOrDefault(one.table(), List.of())) {
                if (heir.isIn(one.schema()) && heir.isColumn(one.column())) {
                    Set<ColumnOrigin> its = new LinkedHashSet<>();
                    heir.addTo(its, one.column());
                    for (ColumnOrigin origin : its) {
                        ColumnOrigin as = one.computed() ? origin.asComputed() : origin;
                        if (!origin.plain().equals(asked)) {
                            origins.add(as);
                        }
                        if (heir.lasting && followed.add(as)) {
                            next.add(as);
                        }
                    }
                }
            }
        }
        return origins;
    }

    /** Whether what another table comes to hold is in this one, too. */
    boolean hasRelatives(String table) {
        return byTable.getOrDefault(table, List.of()).stream().anyMatch(Heir::lasting);
    }

    /** Adds the tables whose values come into one of {@code tables} whenever they are written. */
    boolean addRelatives(Set<String> tables) {
        boolean more = false;
        List<String> next = byTable.isEmpty() ? new ArrayList<>() : new ArrayList<>(tables);
        while (!next.isEmpty()) {
            for (Heir heir : byTable.getOrDefault(next.remove(next.size() - 1), List.of())) {
                for (ColumnOrigin origin : heir.lasting ? heir.origins : Set.<ColumnOrigin>of()) {
                    if (tables.add(origin.table())) {
                        next.add(origin.table());
                        more = true;
                    }
                }
            }
        }
        return more;
    }

    /** What {@code into} has to hold, column by column, when it is another name of the table {@code from}. */
    List<Lineage.Copy> under(ColumnOrigin into, ColumnOrigin from) {
        List<Lineage.Copy> copies = new ArrayList<>();
        for (Heir heir : byTable.getOrDefault(from.table(), List.of())) {
            if (heir.isIn(from.schema())) {
                ColumnOrigin column = new ColumnOrigin(into.schema(), into.table(), heir.column);
                copies.add(new Lineage.Copy(column, List.copyOf(heir.origins)));
            }
        }
        return copies;
    }

    /** The same and {@code copies}; this very object where they say nothing new. */
    public Inheritance plus(List<Lineage.Copy> copies) {
        return plus(copies, false);
    }

    /** The same and {@code copies}, of which each goes on: what comes into the one column later is in the other as well. */
    Inheritance plusLasting(List<Lineage.Copy> copies) {
        return plus(copies, true);
    }

    private Inheritance plus(List<Lineage.Copy> copies, boolean goesOn) {
        Growing more = null;
        for (Lineage.Copy copy : copies) {
            List<Heir> heirs = (more == null ? this : more.known).news(copy, goesOn);
            if (heirs != null) {
                more = more == null ? growing() : more;
                more.byTable.put(copy.into().table(), heirs);
            }
        }
        return more == null ? this : more.known;
    }

    /** What the copy's table is made of once the copy is known, too; {@code null} where that says nothing new. */
    private @Nullable List<Heir> news(Lineage.Copy copy, boolean goesOn) {
        ColumnOrigin into = copy.into();
        Set<ColumnOrigin> origins = new LinkedHashSet<>(copy.from());
        // A column that is updated from itself is no copy.
        origins.removeIf(origin -> origin.plain().equals(into));
        List<Heir> heirs = byTable.getOrDefault(into.table(), List.of());
        boolean lasting = goesOn || into.column().equals(ColumnOrigin.SAME);
        return origins.isEmpty() || isKnown(heirs, into, origins, lasting)
                ? null
                : joined(heirs, into, origins, lasting);
    }

    /** The same to begin with. */
    Growing growing() {
        return new Growing(new HashMap<>(byTable));
    }

    /** Takes in one copy after the other without being made anew: a text may write thousands of variables, each from the one before. */
    static final class Growing {
        private final Map<String, List<Heir>> byTable;
        private final Inheritance known;

        private Growing(Map<String, List<Heir>> byTable) {
            this.byTable = byTable;
            this.known = new Inheritance(byTable);
        }

        void add(Lineage.Copy copy) {
            List<Heir> heirs = known.news(copy, false);
            if (heirs != null) {
                byTable.put(copy.into().table(), heirs);
            }
        }

        /** A variable may be made of anything, and is no more by what else it is made of. */
        void addAnything(ColumnOrigin variable) {
            Heir heir = new Heir(variable.schema(), variable.column(), Set.of(ColumnOrigin.ANYTHING), false);
            byTable.put(variable.table(), List.of(heir));
        }

        /** What is known so far, and with each {@link #add} more. */
        Inheritance known() {
            return known;
        }
    }

    /** Both. */
    Inheritance and(Inheritance other) {
        if (byTable.isEmpty() || other.byTable.isEmpty()) {
            return byTable.isEmpty() ? other : this;
        }
        Map<String, List<Heir>> both = new HashMap<>(byTable);
        other.byTable.forEach((table, heirs) -> both.merge(table, heirs, (a, b) -> {
            List<Heir> all = new ArrayList<>(a);
            all.addAll(b);
            return List.copyOf(all);
        }));
        return new Inheritance(Map.copyOf(both));
    }

    /** The same without a table. */
    public Inheritance minus(String table) {
        if (!byTable.containsKey(table)) {
            return this;
        }
        Map<String, List<Heir>> less = new HashMap<>(byTable);
        less.remove(table);
        return less.isEmpty() ? NONE : new Inheritance(Map.copyOf(less));
    }

    /** What concerns the given tables only. */
    Inheritance restrictedTo(Set<String> tables) {
        if (byTable.isEmpty()) {
            return NONE;
        }
        Map<String, List<Heir>> some = new HashMap<>();
        for (String table : tables) {
            List<Heir> heirs = byTable.get(table);
            if (heirs != null) {
                some.put(table, heirs);
            }
        }
        return some.isEmpty() ? NONE : new Inheritance(Map.copyOf(some));
    }

    private static boolean isKnown(List<Heir> heirs, ColumnOrigin into, Set<ColumnOrigin> origins, boolean lasting) {
        for (Heir heir : heirs) {
            if (heir.column.equals(into.column())
                    && heir.lasting == lasting
                    && (heir.schema == null || heir.schema.equals(into.schema()))
                    && heir.origins.containsAll(origins)) {
                return true;
            }
        }
        return false;
    }

    private static List<Heir> joined(List<Heir> heirs, ColumnOrigin into, Set<ColumnOrigin> origins, boolean lasting) {
        List<Heir> all = new ArrayList<>();
        Set<ColumnOrigin> together = new LinkedHashSet<>(origins);
        for (Heir heir : heirs) {
            if (heir.column.equals(into.column())
                    && heir.lasting == lasting
                    && Objects.equals(heir.schema, into.schema())) {
                together.addAll(heir.origins);
            } else {
                all.add(heir);
            }
        }
        all.add(new Heir(into.schema(), into.column(), Set.copyOf(together), lasting));
        return List.copyOf(all);
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Inheritance other && byTable.equals(other.byTable);
    }

    @Override
    public int hashCode() {
        return byTable.hashCode();
    }

    @Override
    public String toString() {
        return byTable.toString();
    }
}
