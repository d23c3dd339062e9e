package io.sallyport.core.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the {@code ?} of a statement stand. Immutable.
 *
 * @param columns for each {@code ?}, in order, the column that it's compared with or assigned to, folded and without its table; {@code
 *     null} where it stands elsewhere
 * @param longestList the most {@code ?} in one {@code IN (…)}
 * @param known whether the places could be told; if not, {@code columns} is empty
 */
public record ParameterPlaces(List<@Nullable String> columns, int longestList, boolean known) {

    public static final ParameterPlaces NONE = new ParameterPlaces(List.of(), 0, true);
    public static final ParameterPlaces UNKNOWN = new ParameterPlaces(List.of(), 0, false);

    public ParameterPlaces {
        columns = Collections.unmodifiableList(new ArrayList<>(columns));
    }

    /** Whether the parameter at {@code position}, from 0, may belong to the column {@code name} (folded). */
    public boolean mayBelong(int position, String name) {
        return !known || position < columns.size() && name.equals(columns.get(position));
    }
}
