package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether who enrols is a relay. The join token says so, in a verified label that only an administrator can have written: the names under which
 * agents reach it, separated by spaces. An identity token cannot make a relay.
 */
final class RelayNames {

    static final String LABEL = "relay";

    private RelayNames() {}

    /** DNS names and addresses that the certificate is for; empty for a workload. */
    static List<String> of(String by, Map<String, String> labels) {
        return by.startsWith("join-token:") ? in(labels) : List.of();
    }

    /** @throws Problem 422 where a token would give a relay a certificate for one of the control plane's names, or for more than names and addresses */
    static void requireOthers(Map<String, String> labels, Set<String> ownNames) {
        for (String name : in(labels)) {
            if (!name.matches("[A-Za-z0-9._:-]+")) {
                throw new Problem(
                        Problem.Kind.UNPROCESSABLE,
                        "labels.relay: '" + name + "' is neither a DNS name nor an address");
            }
            if (ownNames.contains(canonical(name))) {
                throw new Problem(
                        Problem.Kind.UNPROCESSABLE,
                        "labels.relay: '" + name + "' is a name of the control plane, which a relay with a certificate"
                                + " for it could pass for; give the relay a name of its own");
            }
        }
    }

    static Set<String> canonical(Collection<String> names) {
        return names.stream().map(RelayNames::canonical).collect(Collectors.toUnmodifiableSet());
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static List<String> in(Map<String, String> labels) {
        String names = labels.getOrDefault(LABEL, "");
        return names.isBlank() ? List.of() : List.of(names.strip().split("\\s+"));
    }
}
