package io.sallyport.core.policy.rule.condition;

/**
 * The answer of a condition. {@link #UNKNOWN} means that the call does not carry what the answer needs (a stack that was not
 * walked, a schema that was not written); a rule that restricts then matches, a rule that permits does not.
 */
public enum Truth {
    NO,
    UNKNOWN,
    YES;

    public static Truth of(boolean b) {
        return b ? YES : NO;
    }

    public Truth or(Truth other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
