package io.sallyport.core.sql;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One item of a statement's output list, in order. */
public sealed interface OutputItem {

    /**
     * Exactly one output column.
     *
     * @param label the column's label, folded; {@code null} where the engine chooses one
     * @param origins base columns whose values reach this column
     * @param complete {@code false} when further origins, unknown ones, among the statement's tables are possible
     */
    record Column(@Nullable String label, Set<ColumnOrigin> origins, boolean complete) implements OutputItem {
        public Column {
            origins = Set.copyOf(origins);
        }
    }

    /**
     * All columns of one table whose columns are not known from a catalogue; each has the base column of its own label as origin.
     *
     * @param written what the statement itself has just written into columns of these labels; into any one where the label is
     *     {@code null}
     */
    record Star(@Nullable String schema, String table, List<Column> written) implements OutputItem {
        public Star {
            written = List.copyOf(written);
        }

        public Star(@Nullable String schema, String table) {
            this(schema, table, List.of());
        }
    }

    /**
     * Any number of columns of any name, each of which may have any of these origins and no others: what a procedure returns, the
     * rows of a function, the results of a text of several queries.
     */
    record Rest(Set<ColumnOrigin> origins) implements OutputItem {
        public Rest {
            origins = Set.copyOf(origins);
        }
    }

    /** Whether it is not known how many columns this is. */
    default boolean isOpen() {
        return !(this instanceof Column);
    }
}
