package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.HttpCommand;

/** The conditions that can be judged before anybody looks at a request's body. */
public final class ConditionsOfRequests {

    private ConditionsOfRequests() {}

    /** Whether none of those among {@code when} rules the request out. */
    public static boolean hold(Condition[] when, HttpCommand command) {
        for (Condition condition : when) {
            // Those on the answer cannot be judged yet, and say so.
            if (condition instanceof HttpCondition request
                    && !(condition instanceof StatusCondition)
                    && request.meets(command) == Truth.NO) {
                return false;
            }
        }
        return true;
    }
}
