package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.sql.SqlAnalysis;

/** What a statement means under the masks of the policy, for conditions that depend on them. */
public interface Sensitivity {
    /** No mask stands. */
    Sensitivity NONE = new Sensitivity() {};

    /** Whether a sensitive column's value is written into a column that is not masked. */
    default boolean copiesSensitive(SqlAnalysis analysis) {
        return false;
    }

    /** Whether a sensitive column decides which rows come back, or in what order, so that its value can be found by asking. */
    default boolean infersSensitive(SqlAnalysis analysis) {
        return false;
    }
}
