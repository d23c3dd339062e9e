package io.sallyport.agent.cli;

import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.cli.ValidateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** {@code validate}: the resolved policy, or what is wrong with it. */
final class Validate implements Command {

    /** As for a policy with errors. */
    private static final int INVALID = 2;

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public String usage() {
        return "validate FILE                              the resolved policy, or errors with line numbers";
    }

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public int run(Arguments arguments) throws UsageException {
        String file = arguments.only("a policy file");
        String text;
        try {
            text = Files.readString(Path.of(file));
        } catch (IOException e) {
            System.err.println("the policy file " + file + " cannot be read; name a file that exists and is readable");
            return INVALID;
        }
        ValidateCommand.Result result = ValidateCommand.run(text, file, KeySource.PLACEHOLDER);
        (result.exit() == 0 ? System.out : System.err).println(result.text());
        return result.exit();
    }
}
