package io.sallyport.core.mask;

import io.sallyport.core.sql.Catalogue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The masks that a policy demands for the output of one statement, before the result's columns are known. Thread-safe. */
public interface ColumnMaskPlan {

    /** No column is masked; compare by identity. */
    ColumnMaskPlan NONE = columns -> null;

    /**
     * Binds the plan to an actual result.
     *
     * @param columns the result's columns in order
     * @return one mask or {@code null} per column (index 0 is the first column), or {@code null} when no column is masked
     */
    @Nullable
    ColumnMask @Nullable [] bind(List<ResultColumn> columns);

    /** What messages about the statement may quote of columns that rules name, by what is known of the schema. */
    default Quotable quotable(Catalogue known) {
        return Quotable.ANYTHING;
    }

    /**
     * Whether a message about the statement holds what detectors would mask in one of its columns; {@code null} asks whether there are
     * detectors at all.
     */
    default boolean finds(@Nullable String message, Catalogue known) {
        return true;
    }
}
