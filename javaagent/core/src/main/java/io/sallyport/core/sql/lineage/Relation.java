package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final List<Out> open = new ArrayList<>();
    private Written written = Written.NOTHING;

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
            if (out.isOpen()) {
                open.add(out);
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
            outs.add(Out.base(new ColumnOrigin(schema, table, column)));
        }
        return new Relation(label, schema, table, true, outs, null, false);
    }

    /** A relation with the given columns. */
    static Relation derived(String label, List<Out> outs) {
        return new Relation(label, null, label, false, outs, unnamed(outs), false);
    }

    /** What columns hold that a query did not name: servers name them by the expression's text, each in its own way. */
    private static @Nullable Out unnamed(List<Out> outs) {
        Origins origins = null;
        for (Out out : outs) {
            if (out.name() == null && !out.isOpen()) {
                origins = origins == null ? new Origins() : origins;
                origins.add(out);
            }
        }
        return origins == null ? null : origins.asColumn(null);
    }

    /** A relation with exactly the given columns, which may have other names; those have the origins of {@code any}. */
    static Relation function(String label, List<Out> outs, Out any) {
        return new Relation(label, null, label, false, outs, any, false);
    }

    /** The same relation under another name, reachable by that name only ({@code inserted}, {@code excluded}, {@code new} …). */
    Relation pseudo(String newLabel) {
        return copy(newLabel, true);
    }

    Relation labelled(String newLabel) {
        return copy(newLabel, hidden);
    }

    private Relation copy(String newLabel, boolean newHidden) {
        boolean selfStar = outs.size() == 1 && outs.get(0).star() == this;
        Relation copy = new Relation(newLabel, schema, table, base, selfStar ? null : outs, any, newHidden);
        copy.written = written;
        return copy;
    }

    /** Makes columns carry what a statement has just written into them. */
    void wrote(Written values) {
        written = values;
    }

    Written written() {
        return written;
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

    /** All its columns are known, and called as they are here. */
    boolean isPlain() {
        return open.isEmpty() && any == null;
    }

    boolean isLike(Relation other) {
        return label.equals(other.label) && table.equals(other.table) && Objects.equals(schema, other.schema);
    }

    List<Out> outs() {
        if (written.isNothing()) {
            return outs;
        }
        List<Out> all = new ArrayList<>();
        for (Out out : outs) {
            all.add(out.name() == null ? out : written.onto(out));
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
        return found == null ? null : written.onto(found);
    }

    /** What a column {@code name} would hold if it's among the unknown ones; {@code null} when all columns are known. */
    @Nullable
    Out maybe(String name) {
        if (open.isEmpty()) {
            return null;
        }
        Origins origins = new Origins();
        for (Out out : open) {
            Relation star = out.star();
            origins.add(star == null ? out : star.written.onto(Out.base(star.origin(name))));
        }
        return written.onto(origins.asCopy(name));
    }

    /** What a column holds whose name is none of those known, in a function whose columns may be named otherwise. */
    @Nullable
    Out misnamed() {
        return any;
    }

    /** All values of a row. */
    void row(Origins into) {
        for (Out out : outs()) {
            into.add(out);
        }
        writtenInto(into);
        if (any != null) {
            into.add(any);
        }
        into.markRow();
    }

    /** All values that were just written. */
    void writtenInto(Origins into) {
        written.all(into);
    }
}
