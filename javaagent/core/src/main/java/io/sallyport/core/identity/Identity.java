package io.sallyport.core.identity;

import java.util.Map;
import java.util.Set;

/**
 * Who runs this process.
 *
 * @param subject name of the workload or person
 * @param verified whether the control plane verified it; {@code false} is a state of its own, which rules can refuse
 * @param groups groups from the verified token; empty when not verified
 * @param labels labels such as {@code env} or {@code team}
 */
public record Identity(String subject, boolean verified, Set<String> groups, Map<String, String> labels) {

    public Identity {
        groups = Set.copyOf(groups);
        labels = Map.copyOf(labels);
    }

    /** An identity that nobody vouches for. */
    public static Identity unverified(String subject) {
        return new Identity(subject, false, Set.of(), Map.of());
    }
}
