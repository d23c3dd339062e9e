package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.sql.SqlAnalysis;

/**
 * A condition on what the text of a statement says, whoever sends it and whatever its parameters are: the answer for a text is the
 * same each time under one policy.
 */
public interface TextCondition extends SqlCondition {

    Truth judge(SqlAnalysis analysis, Sensitivity sensitivity);

    @Override
    default Truth judge(SqlCommand command, Sensitivity sensitivity) {
        return judge(command.analysis(), sensitivity);
    }
}
