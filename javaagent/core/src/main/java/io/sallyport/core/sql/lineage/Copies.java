package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.Lineage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes which columns a statement writes values into, and where those come from. */
final class Copies {

    private final Work work;

    Copies(Work work) {
        this.work = work;
    }

    /** {@code value} is written into {@code column}; values without an origin are no copy. */
    void column(@Nullable String schema, String table, String column, Out value) {
        Origins origins = new Origins();
        origins.add(value);
        if (table.equals("pg_settings") && work.dialect == Dialect.POSTGRESQL) {
            // Updating this view sets them (PostgreSQL manual 54.24).
            kept(KeptPlace.SETTINGS, origins);
            kept(KeptPlace.REPORTED, origins);
        }
        if (!origins.columns().isEmpty()) {
            work.copies.add(new Lineage.Copy(new ColumnOrigin(schema, table, column), List.copyOf(origins.columns())));
        }
    }

    /** {@code into} is another name of the table {@code from}, or holds its rows. */
    void same(TableName into, TableName from) {
        if (!into.isEmpty() && !from.isEmpty()) {
            work.copies.add(new Lineage.Copy(into.same(), List.of(from.same())));
        }
    }

    /** {@code into} is made with the generated columns and defaults of {@code from}, and holds nothing yet. */
    void alike(TableName into, TableName from) {
        if (!into.isEmpty() && !from.isEmpty()) {
            work.copies.add(
                    new Lineage.Copy(into.column(ColumnOrigin.ALIKE), List.of(from.column(ColumnOrigin.ALIKE))));
        }
    }

    /** Rows of either are found in the other. */
    void both(TableName one, TableName other) {
        same(one, other);
        same(other, one);
    }

    /** {@code values} are kept in a place outside tables. */
    void kept(KeptPlace place, Origins values) {
        // A file or a setting may hold any part of it together with others.
        List<ColumnOrigin> from = new ArrayList<>(values.asColumn(null).origins());
        from.remove(place.origin().asComputed());
        if (!from.isEmpty()) {
            work.copies.add(new Lineage.Copy(place.origin(), from));
        }
        if (place == KeptPlace.LAST_KEY) {
            // The function that keeps it gives it back as it does the keys of rows, which come from sequences.
            kept(KeptPlace.SEQUENCES, values);
        }
    }

    void kept(KeptPlace place, List<Out> values) {
        Origins origins = new Origins();
        values.forEach(origins::add);
        kept(place, origins);
    }

    /** What is kept in {@code place} may go into every one of the columns; into any where they aren't known. */
    void from(KeptPlace place, TableName into, @Nullable List<String> columns) {
        for (String column : columns == null ? List.of(ColumnOrigin.WHOLE_ROW) : columns) {
            work.copies.add(new Lineage.Copy(into.column(column), List.of(place.origin())));
        }
    }

    /** Anything may be written into any column of the table. */
    void anything(TableName into) {
        work.copies.add(new Lineage.Copy(into.column(ColumnOrigin.WHOLE_ROW), List.of(ColumnOrigin.ANYTHING)));
    }

    /** {@code values} are written by position into {@code columns}; where those are not known each may go into any. */
    void positions(@Nullable String schema, String table, @Nullable List<String> columns, List<Out> values) {
        table(schema, table, columns == null ? List.of() : columns, values);
    }

    /** A table is made of {@code values}: by position with {@code columns}, or with columns of their own names. */
    void table(@Nullable String schema, String table, @Nullable List<String> columns, List<Out> values) {
        for (int i = 0; i < values.size(); i++) {
            Out value = values.get(i);
            String own = value.name() == null ? ColumnOrigin.WHOLE_ROW : value.name();
            String name = columns == null ? own : i < columns.size() ? columns.get(i) : ColumnOrigin.WHOLE_ROW;
            column(schema, table, value.star() == null ? name : ColumnOrigin.WHOLE_ROW, value);
        }
    }
}
