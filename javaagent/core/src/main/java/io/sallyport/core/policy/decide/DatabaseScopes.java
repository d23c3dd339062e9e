package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Target;
import io.sallyport.core.policy.rule.Policy;
import io.sallyport.core.policy.rule.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of rules for a statement whose place is not known: rules about any database count, so that a dry run shows the
 * strictest outcome.
 *
 * @param only name of the one target that is meant, or {@code null} for any
 */
record DatabaseScopes(Policy policy, @Nullable String only) implements Scopes {

    @Override
    public @Nullable BoundScope bind(Scope scope, boolean wholly) {
        boolean meant = scope.everywhere()
                || policy.targets().stream()
                        .anyMatch(t -> t.protocol() == Target.Protocol.JDBC
                                && scope.targets().contains(t.name())
                                && (only == null || only.equals(t.name())));
        return meant ? BoundScope.WHOLE : null;
    }

    @Override
    public BoundScope declared() {
        return BoundScope.WHOLE;
    }
}
