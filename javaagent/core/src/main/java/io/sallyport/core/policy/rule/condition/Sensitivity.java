package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.sql.SqlAnalysis;

/** What a statement means under the masks of the policy, for conditions that depend on them. */
public interface Sensitivity {

    /** No mask stands. */
    Sensitivity NONE = analysis -> false;

    /** Whether a sensitive column's value is written into a column that is not masked. */
    boolean copiesSensitive(SqlAnalysis analysis);
}
