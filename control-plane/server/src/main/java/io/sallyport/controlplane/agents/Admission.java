package io.sallyport.controlplane.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a token says about the workload that presents it.
 *
 * @param by {@code join-token:<id>}, {@code oidc:<issuer>:<subject>} or {@code person:<name>}
 * @param joinToken the join token's id; {@code -} for another kind
 * @param workload the verified name; {@code null} lets the workload name itself
 * @param labels verified labels
 * @param groups verified groups
 * @param uniqueTo what only one live process has; {@code null} for nothing
 * @param issued when the token was made; {@code null} where that does not count
 * @param life how long a credential is good for without being renewed
 */
record Admission(
        String by,
        String joinToken,
        @Nullable String workload,
        Map<String, String> labels,
        List<String> groups,
        @Nullable String uniqueTo,
        @Nullable Instant issued,
        Duration life) {

    /** Begins {@link #by} of a person's own tools, whose credential is not renewed: the person logs in again. */
    static final String PERSON = "person:";
}
