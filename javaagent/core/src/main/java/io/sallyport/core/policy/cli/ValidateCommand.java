package io.sallyport.core.policy.cli;

import io.sallyport.core.policy.InvalidPolicyException;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyError;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.load.ResolvedPolicy;
import java.util.stream.Collectors;

/** {@code validate}: the policy as it is understood, every default written out, or what is wrong with it. */
public final class ValidateCommand {

    private ValidateCommand() {}

    /**
     * @param exit 0 for a valid policy, else 2
     * @param text the resolved policy, itself a policy, with notes as comments; or errors, one a line
     */
    public record Result(int exit, String text) {}

    public static Result run(String yaml, String fileName, KeySource keys) {
        try {
            return new Result(
                    0,
                    ResolvedPolicy.text(
                            yaml, PolicyLoader.load(yaml, fileName, keys).policy()));
        } catch (InvalidPolicyException e) {
            return new Result(
                    2, e.errors().stream().map(PolicyError::toString).collect(Collectors.joining("\n", "", "\n")));
        }
    }
}
