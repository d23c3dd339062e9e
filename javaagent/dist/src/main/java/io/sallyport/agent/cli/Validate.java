package io.sallyport.agent.cli;

import io.sallyport.core.policy.KeySource;
import io.sallyport.core.policy.cli.ValidateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** {@code validate}: the resolved policy, or what is wrong with it. */
final class Validate implements Command {

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
    public int run(Arguments arguments) throws IOException, UsageException {
        String file = arguments.only("a policy file");
        ValidateCommand.Result result =
                ValidateCommand.run(Files.readString(Path.of(file)), file, KeySource.PLACEHOLDER);
        (result.exit() == 0 ? System.out : System.err).println(result.text());
        return result.exit();
    }
}
