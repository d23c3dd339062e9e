package io.sallyport.core.policy;

import io.sallyport.core.policy.decide.CompiledPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The policies that come with the agent. Each has a file of cases beside it that shows what it refuses, masks and lets through.
 */
public final class BuiltInPolicies {

    private static final List<String> NAMES =
            List.of("starter", "strict", "pci", "hipaa-like", "read-only-agent", "kubernetes");

    private BuiltInPolicies() {}

    /** Observe mode: what an agent without configuration runs. */
    public static CompiledPolicy starter() {
        return load("starter");
    }

    /** Names that {@link #load} and {@link #yaml} know. */
    public static List<String> names() {
        return NAMES;
    }

    /** @throws IllegalArgumentException when there is no such policy */
    public static CompiledPolicy load(String name) {
        try {
            return PolicyLoader.load(yaml(name), name + ".yaml", KeySource.NONE);
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException("the built-in policy " + name + " is invalid", e);
        }
    }

    /**
     * The text of a policy, as a start for one's own.
     *
     * @throws IllegalArgumentException when there is no such policy
     */
    public static String yaml(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("built-in policies are " + String.join(", ", NAMES));
        }
        try (InputStream in = BuiltInPolicies.class.getResourceAsStream("builtin/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the built-in policy " + name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
