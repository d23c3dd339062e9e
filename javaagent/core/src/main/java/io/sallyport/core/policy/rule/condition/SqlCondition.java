package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.identity.Identity;
import java.time.Instant;

/** A condition on a statement. */
interface SqlCondition extends Condition {

    Truth judge(SqlCommand command, Sensitivity sensitivity);

    @Override
    default Subject subject() {
        return Subject.STATEMENT;
    }

    @Override
    default Truth judge(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        return command instanceof SqlCommand sql ? judge(sql, sensitivity) : Truth.NO;
    }
}
