package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Lineage;
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
        if (!origins.columns().isEmpty()) {
            work.copies.add(new Lineage.Copy(new ColumnOrigin(schema, table, column), List.copyOf(origins.columns())));
        }
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
