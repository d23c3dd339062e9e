package io.sallyport.core.verdict;

import org.jspecify.annotations.Nullable;

/**
 * What the policy says about an HTTP answer, once its status is known and before the caller has got any of it. A decision goes to
 * {@link Gate#exceeded}. Immutable and thread-safe.
 */
@FunctionalInterface
public interface AnswerRules {
    /** No rule speaks of answers. Compare by identity. */
    AnswerRules NONE = status -> null;

    /** @return {@code null} when no rule has anything to say about that status code */
    @Nullable
    Decision onStatus(int status);
}
