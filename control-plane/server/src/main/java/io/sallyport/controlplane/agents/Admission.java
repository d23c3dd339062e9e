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

    private static final String PERSON = "person:";
    private static final String ISSUER = "oidc:";

    /** What a credential that came of it is prolonged by. */
    enum Renewal {
        /** The proof that whoever asks still has the workload's key. */
        BY_KEY,
        /** An identity token of that moment. */
        BY_TOKEN,
        /** Nothing: a person logs in again. */
        NEVER
    }

    /** {@link #by} of a person's own tools. */
    static String byPerson(@Nullable String name) {
        return PERSON + name;
    }

    /** {@link #by} of an identity token. */
    static String byIssuer(String issuer, String subject) {
        return ISSUER + issuer + ":" + subject;
    }

    Renewal renewal() {
        return renewal(by);
    }

    /** The same, from what is stored of {@link #by}. */
    static Renewal renewal(String by) {
        if (by.startsWith(PERSON)) {
            return Renewal.NEVER;
        }
        return by.startsWith(ISSUER) ? Renewal.BY_TOKEN : Renewal.BY_KEY;
    }
}
