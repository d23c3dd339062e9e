package io.sallyport.core.policy.rule;

/** What a guard that matches asks for. */
public enum Then {
    /** Beats the defaults, and the guards that its {@code override} names. */
    ALLOW,
    /** Is recorded and shown; changes nothing. */
    ALERT,
    APPROVE,
    DENY
}
