package io.sallyport.core.mask;

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
}
