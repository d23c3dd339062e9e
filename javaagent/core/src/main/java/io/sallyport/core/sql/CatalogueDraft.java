package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes down what a reader finds in a server's catalogue, and makes a {@link Catalogue} of it that is complete: a relation that is
 * not in it may hold anything. Not thread-safe.
 */
public final class CatalogueDraft {

    /** A parent of more children than this does not carry the columns that a policy names at a child. */
    private static final int MOST_CHILDREN = 64;

    private final Dialect dialect;
    private final Map<String, List<String>> tables = new HashMap<>();
    private final List<String> views = new ArrayList<>();
    private final List<String> viewNames = new ArrayList<>();
    private final List<Lineage.Copy> held = new ArrayList<>();
    private final Map<String, Set<String>> parents = new LinkedHashMap<>();
    private final Routines.Draft routines = new Routines.Draft();
    private final Map<String, List<TriggerReads.Body>> triggers = new LinkedHashMap<>();
    private List<String> path = List.of();

    public CatalogueDraft(Dialect dialect) {
        this.dialect = dialect;
    }

    /** A table, or anything else that rows can be read from. {@code columns} may be empty where they are of no use. */
    public void relation(String schema, String name, List<String> columns) {
        tables.put(qualified(schema, name), columns.stream().map(Names::fold).toList());
    }

    /** A view, materialised or not. Its relation is taken down by {@link #relation} as well. */
    public void view(String schema, String name, List<String> columns, String query) {
        StringBuilder text = new StringBuilder("CREATE VIEW ")
                .append(quote(schema))
                .append('.')
                .append(quote(name));
        if (!columns.isEmpty()) {
            text.append(" (");
            for (int i = 0; i < columns.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(quote(columns.get(i)));
            }
            text.append(')');
        }
        viewNames.add(qualified(schema, name));
        views.add(text.append(" AS ").append(query).toString());
    }

    /** Values of {@code from} are also found in {@code into}: a generated column, a column of samples. */
    public void holds(ColumnOrigin into, List<ColumnOrigin> from) {
        held.add(new Lineage.Copy(
                folded(into),
                from.stream()
                        .map(CatalogueDraft::folded)
                        .map(ColumnOrigin::asComputed)
                        .toList()));
    }

    /** Rows of the child are rows of the parent: inheritance, partitions. */
    public void inherits(String schema, String child, String parentSchema, String parent) {
        parents.computeIfAbsent(qualified(schema, child), c -> new LinkedHashSet<>())
                .add(qualified(parentSchema, parent));
    }

    /**
     * A function or procedure of the user's.
     *
     * @param language {@code sql}, {@code plpgsql}, {@code java}, …
     * @param definition its body, or the whole statement that creates it
     */
    public void routine(String name, String language, String definition) {
        routines.add(Names.fold(name), language, definition);
    }

    /** A trigger of the table; language and definition as of a {@link #routine}. */
    public void trigger(String schema, String table, String language, String definition) {
        triggers.computeIfAbsent(qualified(schema, table), t -> new ArrayList<>())
                .add(new TriggerReads.Body(language, definition));
    }

    /** Schemas in which a name without one is looked up, in order; empty where that is not known. */
    public void path(List<String> schemas) {
        path = schemas.stream().map(Names::fold).toList();
    }

    /** Everything that was taken down. */
    public Catalogue build() {
        inherit();
        Set<String> listed = new HashSet<>(tables.keySet());
        for (String qualified : tables.keySet()) {
            listed.add(qualified.substring(qualified.indexOf('.') + 1));
        }
        tables.values().removeIf(List::isEmpty);
        Routines all = routines.build(dialect);
        Catalogue simple = new Catalogue(
                tables,
                views,
                Inheritance.NONE,
                new Structure(true, listed, Inheritance.NONE.plusLasting(held()), path, all, Inheritance.NONE));
        Structure whole = simple.structure().triggering(triggered(all, simple));
        return all == Routines.NONE ? simple.with(whole) : simple.with(whole.holding(viewsOfRoutines(all, simple)));
    }

    private List<Lineage.Copy> triggered(Routines all, Catalogue catalogue) {
        Set<String> named = new HashSet<>();
        viewNames.forEach(name -> named.add(name.substring(name.indexOf('.') + 1)));
        TriggerReads reads = new TriggerReads(dialect, all, catalogue, named);
        List<Lineage.Copy> read = new ArrayList<>();
        triggers.forEach((table, bodies) -> {
            ColumnOrigin rows = origin(table, ColumnOrigin.WHOLE_ROW);
            read.add(reads.of(String.valueOf(rows.schema()), rows.table(), bodies));
        });
        return read;
    }

    /** A view that calls a function shows what the function returns. */
    private List<Lineage.Copy> viewsOfRoutines(Routines all, Catalogue catalogue) {
        List<Lineage.Copy> shown = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            Set<ColumnOrigin> called = all.calledIn(Lexer.tokens(views.get(i), LexRules.of(dialect)), catalogue);
            if (!called.isEmpty()) {
                ColumnOrigin any = origin(viewNames.get(i), ColumnOrigin.WHOLE_ROW);
                shown.add(new Lineage.Copy(any, List.copyOf(called)));
            }
        }
        return shown;
    }

    /** What is held in what is held in a column is held in it, too. */
    private List<Lineage.Copy> held() {
        Map<ColumnOrigin, Set<ColumnOrigin>> direct = new LinkedHashMap<>();
        for (Lineage.Copy copy : held) {
            direct.computeIfAbsent(copy.into(), c -> new LinkedHashSet<>()).addAll(copy.from());
        }
        List<Lineage.Copy> closed = new ArrayList<>(direct.size());
        direct.forEach((into, from) -> closed.add(new Lineage.Copy(into, List.copyOf(reachable(direct, from)))));
        return closed;
    }

    private static <T> Set<T> reachable(Map<T, Set<T>> steps, Set<T> from) {
        Set<T> found = new LinkedHashSet<>();
        List<T> next = new ArrayList<>(from);
        while (!next.isEmpty()) {
            T one = next.remove(next.size() - 1);
            if (found.add(one)) {
                next.addAll(steps.getOrDefault(one, Set.of()));
            }
        }
        return found;
    }

    private void inherit() {
        Map<String, Set<String>> children = new HashMap<>();
        for (Map.Entry<String, Set<String>> its : parents.entrySet()) {
            String child = its.getKey();
            for (String ancestor : reachable(parents, its.getValue())) {
                children.computeIfAbsent(ancestor, a -> new LinkedHashSet<>()).add(child);
                share(child, ancestor);
            }
        }
        children.forEach((parent, all) -> {
            if (all.size() <= MOST_CHILDREN) {
                all.forEach(child -> share(parent, child));
            }
        });
    }

    private void share(String into, String from) {
        Set<String> theirs = new HashSet<>(tables.getOrDefault(from, List.of()));
        for (String column : tables.getOrDefault(into, List.of())) {
            if (theirs.contains(column)) {
                held.add(new Lineage.Copy(origin(into, column), List.of(origin(from, column))));
            }
        }
    }

    private static ColumnOrigin origin(String qualified, String column) {
        int dot = qualified.indexOf('.');
        return new ColumnOrigin(qualified.substring(0, dot), qualified.substring(dot + 1), column);
    }

    private static ColumnOrigin folded(ColumnOrigin o) {
        return o == ColumnOrigin.ANYTHING
                ? o
                : new ColumnOrigin(
                        o.schema() == null ? null : Names.fold(o.schema()),
                        Names.fold(o.table()),
                        Names.fold(o.column()));
    }

    private static String qualified(String schema, String name) {
        return Names.fold(schema) + "." + Names.fold(name);
    }

    /** {@code `}-quoting dialects are read with double quotes as strings, so theirs are used there. */
    private String quote(String name) {
        char quote = dialect == Dialect.MYSQL ? '`' : '"';
        return quote + name.replace(String.valueOf(quote), String.valueOf(quote) + quote) + quote;
    }
}
