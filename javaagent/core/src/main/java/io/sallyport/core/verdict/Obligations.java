package io.sallyport.core.verdict;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.ColumnMaskPlan;

/**
 * What must be done to the answer of an admitted call.
 *
 * @param columns masks for the columns of result sets; {@link ColumnMaskPlan#NONE} for none
 * @param bodies masks for response bodies; {@link BodyMaskPlan#NONE} for none
 */
public record Obligations(ColumnMaskPlan columns, BodyMaskPlan bodies) {

    /** Nothing to do; compare by identity. */
    public static final Obligations NONE = new Obligations(ColumnMaskPlan.NONE, BodyMaskPlan.NONE);
}
