package io.sallyport.controlplane.agents;

import java.util.List;
import java.util.Map;

/**
 * Whether who enrols is a relay. The join token says so, in a verified label that only an administrator can have written: the names under which
 * agents reach it, separated by spaces. An identity token cannot make a relay.
 */
final class RelayNames {

    static final String LABEL = "relay";

    private RelayNames() {}

    /** DNS names and addresses that the certificate is for; empty for a workload. */
    static List<String> of(String by, Map<String, String> labels) {
        String names = by.startsWith("join-token:") ? labels.getOrDefault(LABEL, "") : "";
        return names.isBlank() ? List.of() : List.of(names.strip().split("\\s+"));
    }
}
