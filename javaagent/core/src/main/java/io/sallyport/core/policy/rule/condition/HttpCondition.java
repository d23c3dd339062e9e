package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.identity.Identity;
import java.time.Instant;

/** A condition on a request. */
interface HttpCondition extends Condition {

    Truth meets(HttpCommand command);

    @Override
    default Subject subject() {
        return Subject.REQUEST;
    }

    @Override
    default Truth judge(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        return command instanceof HttpCommand http ? meets(http) : Truth.NO;
    }
}
