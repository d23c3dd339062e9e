package io.sallyport.core.record;

import org.jspecify.annotations.Nullable;

/**
 * What surrounds a call; the members mean what {@link Event} says. Immutable.
 *
 * @param values of the decision only: what comes later has the call's id
 */
public record Circumstances(
        @Nullable String transaction,
        @Nullable String trace,
        @Nullable String user,
        @Nullable String values) {

    public static final Circumstances UNKNOWN = new Circumstances(null, null, null, null);
}
