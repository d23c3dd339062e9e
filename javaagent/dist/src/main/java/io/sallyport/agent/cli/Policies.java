package io.sallyport.agent.cli;

import io.sallyport.core.policy.BuiltInPolicies;
import io.sallyport.core.policy.InvalidPolicyException;
import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.PolicyError;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.decide.CompiledPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The policy that a command is to judge by. Keys need not be there: nothing of what is computed leaves the process. */
final class Policies {

    private Policies() {}

    /** @param file {@code null} for the built-in starter policy */
    static CompiledPolicy load(@Nullable String file) throws IOException, UsageException {
        if (file == null) {
            return BuiltInPolicies.starter();
        }
        try {
            return PolicyLoader.load(Files.readString(Path.of(file)), file, KeySource.PLACEHOLDER);
        } catch (InvalidPolicyException e) {
            throw new UsageException("invalid policy\n"
                    + e.errors().stream().map(PolicyError::toString).collect(Collectors.joining("\n")));
        }
    }
}
