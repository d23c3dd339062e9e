package io.sallyport.controlplane.agents;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workload whose credential was right.
 *
 * @param labels verified labels, from its token
 * @param groups verified groups, from its token
 * @param verified whether the name is verified too
 * @param uniqueTo what no other live process may have, like a pod's uid; {@code null} for nothing
 */
public record Credentialed(
        String id,
        String name,
        Map<String, String> labels,
        List<String> groups,
        boolean verified,
        @Nullable String uniqueTo) {}
