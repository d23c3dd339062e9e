package io.sallyport.link.policy;

/** What decides governed calls when no policy has come within the cold-start wait. */
public enum OnColdStart {
    /** Every governed call is refused. */
    DENY,
    /** Every governed call passes and is recorded as undecided. */
    OBSERVE
}
