package io.sallyport.controlplane.policy;

import io.sallyport.core.policy.InvalidPolicyException;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.policy.rule.RecordSettings;
import java.util.List;
import java.util.Locale;

/** The agents' own loader. Keys that only the workloads have are stood in for: what is checked here decides nothing. */
public final class AgentPolicyChecker implements PolicyChecker {

    @Override
    public Result check(String yaml) {
        try {
            CompiledPolicy policy = PolicyLoader.load(yaml, "policy", KeySource.PLACEHOLDER);
            return new Result(
                    policy.mode().name().toLowerCase(Locale.ROOT),
                    List.of(),
                    policy.policy().recording().retain());
        } catch (InvalidPolicyException e) {
            return new Result(
                    "invalid",
                    e.errors().stream()
                            .map(error -> new Finding(error.line(), error.path(), error.reason()))
                            .toList(),
                    RecordSettings.STANDARD.retain());
        }
    }
}
