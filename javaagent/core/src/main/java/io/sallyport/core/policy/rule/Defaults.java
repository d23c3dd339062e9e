package io.sallyport.core.policy.rule;

/**
 * The {@code default} section.
 *
 * @param jdbc calls to databases that a target entry covers, or to any when the policy declares no targets
 * @param http the same for HTTP
 * @param unmatched calls to a place that no target entry covers
 * @param opaque statements whose effect cannot be told; applies besides the others, the stricter one counts
 */
public record Defaults(Default jdbc, Default http, Default unmatched, Default opaque) {
    public static final Defaults STANDARD = new Defaults(Default.ALLOW, Default.ALLOW, Default.ALLOW, Default.APPROVE);
}
