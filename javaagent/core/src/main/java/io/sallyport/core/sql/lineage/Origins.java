package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the origins of one value. */
final class Origins {

    private final Set<ColumnOrigin> columns = new LinkedHashSet<>();
    private boolean complete = true;
    private boolean copied = true;
    private boolean row;
    private boolean structured;

    void add(Out out) {
        Relation star = out.star();
        if (star != null) {
            columns.add(star.origin(ColumnOrigin.WHOLE_ROW));
            star.writtenInto(this);
        } else {
            columns.addAll(out.origins());
            complete &= out.complete();
            copied &= out.copied();
            row |= out.row();
            structured |= out.fields() != null;
        }
    }

    /** The column of a base table that no catalogue knows. */
    void add(ColumnOrigin origin) {
        columns.add(origin);
    }

    void add(Origins other) {
        columns.addAll(other.columns);
        complete &= other.complete;
        copied &= other.copied;
        row |= other.row;
        structured |= other.structured;
    }

    void markIncomplete() {
        complete = false;
        copied = false;
    }

    /** The value is or holds a row. */
    void markRow() {
        row = true;
    }

    boolean isComplete() {
        return complete;
    }

    Set<ColumnOrigin> columns() {
        return columns;
    }

    /** Nothing but values of base columns as they are. */
    boolean isCopied() {
        return copied;
    }

    boolean isRow() {
        return row;
    }

    /** A value whose fields are known is among those collected. */
    boolean isStructured() {
        return structured;
    }

    /** A column that is computed from the origins. */
    Out asColumn(@Nullable String name) {
        return new Out(name, computed(), complete, null, false, false, row, null);
    }

    /** A column that holds one of the values collected, as it is, though it may be another one in each row. */
    Out asOneOf(@Nullable String name) {
        return new Out(name, row ? computed() : columns, complete, null, false, false, row, null);
    }

    /** A column that holds the one value collected. */
    Out asCopy(@Nullable String name) {
        return new Out(name, row ? computed() : columns, complete, null, false, copied, row, null);
    }

    private Set<ColumnOrigin> computed() {
        Set<ColumnOrigin> computed = new LinkedHashSet<>();
        columns.forEach(column -> computed.add(column.asComputed()));
        return computed;
    }
}
