package io.sallyport.core.hold;

import org.jspecify.annotations.Nullable;

/**
 * The reason that whoever makes a call has to state before people are asked about it. Immutable.
 *
 * @param required whether the call is refused without one
 * @param given the one that was stated when the statement ran, where people are asked later, at commit, and its context may be gone by then
 */
public record RequesterReason(boolean required, @Nullable String given) {

    public static final RequesterReason OPTIONAL = new RequesterReason(false, null);
    public static final RequesterReason REQUIRED = new RequesterReason(true, null);

    public static RequesterReason of(boolean required) {
        return required ? REQUIRED : OPTIONAL;
    }

    /** What meets both; of two reasons it is the first. */
    RequesterReason and(RequesterReason other) {
        return new RequesterReason(required || other.required, given == null ? other.given : given);
    }
}
