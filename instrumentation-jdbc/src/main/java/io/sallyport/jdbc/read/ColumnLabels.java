package io.sallyport.jdbc.read;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which column a getter's first argument means: the driver's own resolution of labels, kept for one result set. As thread-safe as it. */
final class ColumnLabels {

    private final Map<String, Integer> resolved = new HashMap<>();

    /** 0 where it is not known, or not yet. */
    int known(Object column) {
        if (column instanceof Integer index) {
            return index;
        }
        Integer known = column instanceof String label ? resolved.get(label) : null;
        return known == null ? 0 : known;
    }

    /** 0 where there is no such column. */
    int index(ResultSet result, @Nullable Object column) {
        if (column instanceof Integer index) {
            return index;
        }
        if (!(column instanceof String label)) {
            return 0;
        }
        Integer known = resolved.get(label);
        if (known == null) {
            try {
                known = result.findColumn(label);
            } catch (SQLException noSuchColumn) {
                known = 0;
            }
            resolved.put(label, known);
        }
        return known;
    }
}
