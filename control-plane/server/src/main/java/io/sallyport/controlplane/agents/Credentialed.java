package io.sallyport.controlplane.agents;

import java.util.List;
import java.util.Map;

/**
 * A workload whose credential was right.
 *
 * @param labels verified labels, from its join token
 * @param groups verified groups, from its join token
 */
public record Credentialed(String id, String name, Map<String, String> labels, List<String> groups) {}
