package io.sallyport.core.record;

import java.util.Objects;
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

    // Spelled out, since it is compared while a JVM starts: see FactCondition.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Circumstances that
                && Objects.equals(transaction, that.transaction)
                && Objects.equals(trace, that.trace)
                && Objects.equals(user, that.user)
                && Objects.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(transaction, trace, user, values);
    }
}
