package io.sallyport.core.policy.decide;

import io.sallyport.core.policy.rule.Scope;
import org.jspecify.annotations.Nullable;

/** Binds the scopes of rules to the place of a call. */
interface Scopes {

    /**
     * @param wholly whether every host of the place must be in scope (for permissions) or one is enough (for restrictions)
     * @return {@code null} when the place is out of scope
     */
    @Nullable
    BoundScope bind(Scope scope, boolean wholly);

    /** The scope of all declared targets together; the whole place when none is declared. */
    @Nullable
    BoundScope declared();
}
