package io.sallyport.core.verdict;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.sql.Lineage;
import java.util.List;

/**
 * What must be done to the answer of an admitted call.
 *
 * @param columns masks for the columns of result sets; {@link ColumnMaskPlan#NONE} for none
 * @param bodies masks for response bodies; {@link BodyMaskPlan#NONE} for none
 * @param rows limits on rows; {@link RowLimits#NONE} for none
 * @param answers rules about HTTP answers; {@link AnswerRules#NONE} for none
 * @param copies sensitive values that the statement writes where no mask stands: to be remembered before it is sent
 */
public record Obligations(
        ColumnMaskPlan columns, BodyMaskPlan bodies, RowLimits rows, AnswerRules answers, List<Lineage.Copy> copies) {

    /** Nothing to do; compare by identity. */
    public static final Obligations NONE = new Obligations(ColumnMaskPlan.NONE, BodyMaskPlan.NONE);

    public Obligations {
        copies = List.copyOf(copies);
    }

    /** Masks only. */
    public Obligations(ColumnMaskPlan columns, BodyMaskPlan bodies) {
        this(columns, bodies, RowLimits.NONE, AnswerRules.NONE, List.of());
    }

    /** The same with limits on what comes back. */
    public Obligations with(RowLimits limits, AnswerRules rules) {
        return limits == rows && rules == answers ? this : new Obligations(columns, bodies, limits, rules, copies);
    }

    /** The same for somebody who may see everything: limits stand, and copies stay as sensitive as they are. */
    public Obligations unmasked() {
        return rows == RowLimits.NONE && answers == AnswerRules.NONE && copies.isEmpty()
                ? NONE
                : new Obligations(ColumnMaskPlan.NONE, BodyMaskPlan.NONE, rows, answers, copies);
    }
}
