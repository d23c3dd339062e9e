package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.OutputItem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a text itself assigns to session variables. A query may read one before or after it assigns it, row by row, so that what is read
 * counts as any value that the text assigns anywhere.
 */
final class AssignedVariables {

    /** Each output that reads a variable is given all its origins; with more than so many none is told. */
    private static final int MOST_ORIGINS = 256;

    private final Map<String, Origins> values = new HashMap<>();
    private int origins;

    void assign(ColumnOrigin variable, Out value) {
        values.computeIfAbsent(variable.table(), name -> new Origins()).add(value);
        origins += 1 + value.origins().size();
    }

    boolean areNone() {
        return values.isEmpty();
    }

    /** The origins, and for each variable among them those of what it was assigned. */
    Origins behind(Iterable<ColumnOrigin> read) {
        Origins all = new Origins();
        Set<String> seen = new HashSet<>();
        Deque<ColumnOrigin> open = new ArrayDeque<>();
        read.forEach(open::add);
        while (!open.isEmpty()) {
            ColumnOrigin next = open.remove();
            all.add(next);
            Origins assigned = values.get(next.table());
            if (assigned != null && origins > MOST_ORIGINS) {
                all.markIncomplete();
            } else if (assigned != null && seen.add(next.table())) {
                if (!assigned.isComplete()) {
                    all.markIncomplete();
                }
                // The variable may hold a part of it.
                assigned.columns().forEach(origin -> open.add(origin.asComputed()));
            }
        }
        return all;
    }

    OutputItem item(OutputItem item) {
        if (item instanceof OutputItem.Column column) {
            Origins behind = behind(column.origins());
            return new OutputItem.Column(column.label(), behind.columns(), column.complete() && behind.isComplete());
        }
        return item instanceof OutputItem.Rest rest ? new OutputItem.Rest(orAnything(rest.origins())) : item;
    }

    private Set<ColumnOrigin> orAnything(Iterable<ColumnOrigin> origins) {
        Origins behind = behind(origins);
        if (!behind.isComplete()) {
            behind.add(ColumnOrigin.ANYTHING);
        }
        return behind.columns();
    }
}
