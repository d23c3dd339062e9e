package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.ColumnOrigin;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the origins of one value. */
final class Origins {

    private final Set<ColumnOrigin> columns = new LinkedHashSet<>();
    private boolean complete = true;

    void add(Out out) {
        Relation star = out.star();
        if (star != null) {
            columns.add(star.origin(ColumnOrigin.WHOLE_ROW));
        } else {
            columns.addAll(out.origins());
            complete &= out.complete();
        }
    }

    void add(ColumnOrigin origin) {
        columns.add(origin);
    }

    void markIncomplete() {
        complete = false;
    }

    Set<ColumnOrigin> columns() {
        return columns;
    }

    Out asColumn(@Nullable String name) {
        return Out.column(name, columns, complete);
    }
}
