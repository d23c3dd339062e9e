package io.sallyport.core.policy.rule;

/** What happens to a call that no guard decides, from mild to strict. */
public enum Default {
    ALLOW,
    APPROVE,
    DENY;

    public Default stricter(Default other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
