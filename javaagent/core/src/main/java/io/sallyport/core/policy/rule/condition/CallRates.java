package io.sallyport.core.policy.rule.condition;

import java.time.Instant;

/**
 * One call, as {@code rate} sees it: counted once however often it is decided, since it may be decided again before it is sent (header
 * fields that a client sets late, people who approved) and in more than one reading (a method that a field names).
 */
public interface CallRates {

    /** What {@code rate} says of the call: what it said before, where it was asked before. By one thread at a time. */
    Truth judge(RateCondition rate, Instant now);
}
