package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that columns can be read from: a base table, view, sub-query, CTE or function. Its columns are listed by {@link #outs},
 * as far as they're known.
 */
final class Relation {

    private final String label;
    private final @Nullable String schema;
    private final String table;
    private final boolean base;
    private final List<Out> outs;
    private final @Nullable Out any;
    private final boolean hidden;
    private final Map<String, Out> byName = new HashMap<>();
    private final List<Relation> open = new ArrayList<>();
    private Map<String, Out> written = Map.of();

    private Relation(
            String label,
            @Nullable String schema,
            String table,
            boolean base,
            @Nullable List<Out> outs,
            @Nullable Out any,
            boolean hidden) {
        this.label = label;
        this.schema = schema;
        this.table = table;
        this.base = base;
        this.any = any;
        this.hidden = hidden;
        this.outs = outs == null ? List.of(Out.all(this)) : outs;
        for (Out out : this.outs) {
            Relation star = out.star();
            if (star != null) {
                open.add(star);
            } else if (out.name() != null) {
                byName.merge(out.name(), out, Out::plus);
            }
        }
    }

    /** A base table; {@code columns} is {@code null} when they aren't known. */
    static Relation base(String label, @Nullable String schema, String table, @Nullable List<String> columns) {
        if (columns == null) {
            return new Relation(label, schema, table, true, null, null, false);
        }
        List<Out> outs = new ArrayList<>();
        for (String column : columns) {
            outs.add(Out.column(column, java.util.Set.of(new ColumnOrigin(schema, table, column)), true));
        }
        return new Relation(label, schema, table, true, outs, null, false);
    }

    /** A relation with the given columns. */
    static Relation derived(String label, List<Out> outs) {
        return new Relation(label, null, label, false, outs, null, false);
    }

    /** A relation with the given columns, and further ones that all have the origins of {@code any}. */
    static Relation function(String label, List<Out> outs, Out any) {
        return new Relation(label, null, label, false, outs, any, false);
    }

    /** The same relation under another name, reachable by that name only ({@code inserted}, {@code excluded}, {@code new} …). */
    Relation pseudo(String newLabel) {
        Relation copy = new Relation(newLabel, schema, table, base, selfStar() ? null : outs, any, true);
        copy.written = written;
        return copy;
    }

    Relation labelled(String newLabel) {
        Relation copy = new Relation(newLabel, schema, table, base, selfStar() ? null : outs, any, hidden);
        copy.written = written;
        return copy;
    }

    private boolean selfStar() {
        return outs.size() == 1 && outs.get(0).star() == this;
    }

    /** Makes columns carry what a statement has just written into them. */
    void wrote(Map<String, Out> values) {
        written = values;
    }

    String label() {
        return label;
    }

    @Nullable
    String schema() {
        return schema;
    }

    String table() {
        return table;
    }

    boolean isBase() {
        return base;
    }

    boolean isHidden() {
        return hidden;
    }

    boolean isOpen() {
        return !open.isEmpty() || any != null;
    }

    /** Whether the number of columns cannot be told. */
    boolean isShapeless() {
        return any != null;
    }

    List<Out> outs() {
        if (written.isEmpty()) {
            return outs;
        }
        List<Out> all = new ArrayList<>();
        for (Out out : outs) {
            Out more = out.name() == null ? null : written.get(out.name());
            all.add(more == null ? out : out.plus(more));
        }
        return all;
    }

    ColumnOrigin origin(String column) {
        return new ColumnOrigin(schema, table, column);
    }

    /** The column that is surely called {@code name}; {@code null} when there's none. */
    @Nullable
    Out named(String name) {
        Out found = byName.get(name);
        Out more = written.get(name);
        return found != null && more != null ? found.plus(more) : found;
    }

    /** What a column {@code name} would hold if it's among the unknown ones; {@code null} when all columns are known. */
    @Nullable
    Out maybe(String name) {
        if (!isOpen()) {
            return null;
        }
        Origins origins = new Origins();
        for (Relation star : open) {
            origins.add(star.origin(name));
        }
        if (any != null) {
            origins.add(any);
        }
        Out more = written.get(name);
        if (more != null) {
            origins.add(more);
        }
        return origins.asColumn(name);
    }

    /** All values of a row. */
    void row(Origins into) {
        for (Out out : outs()) {
            into.add(out);
        }
        for (Out value : written.values()) {
            into.add(value);
        }
        if (any != null) {
            into.add(any);
        }
    }
}
