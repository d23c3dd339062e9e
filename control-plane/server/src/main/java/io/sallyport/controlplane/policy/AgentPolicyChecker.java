package io.sallyport.controlplane.policy;

import io.sallyport.core.policy.InvalidPolicyException;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyLoader;
import java.util.List;
import java.util.Locale;

/** The agents' own loader. Keys that only the workloads have are stood in for: what is checked here decides nothing. */
public final class AgentPolicyChecker implements PolicyChecker {

    @Override
    public Result check(String yaml) {
        try {
            String mode = PolicyLoader.load(yaml, "policy", KeySource.PLACEHOLDER)
                    .mode()
                    .name();
            return new Result(mode.toLowerCase(Locale.ROOT), List.of());
        } catch (InvalidPolicyException e) {
            return new Result(
                    "invalid",
                    e.errors().stream()
                            .map(error -> new Finding(error.line(), error.path(), error.reason()))
                            .toList());
        }
    }
}
