package io.sallyport.agent.cli;

import io.sallyport.core.mask.cli.MaskCommand;
import java.io.IOException;
import java.util.Set;

/** {@code mask}: what body rules would do to bodies. */
final class MaskLines implements Command {

    @Override
    public String name() {
        return "mask";
    }

    @Override
    public String usage() {
        return "mask [--policy FILE] [--jsonl FILE|-]      masks bodies by the rules of each line";
    }

    @Override
    public Set<String> options() {
        return Set.of("policy", "jsonl");
    }

    @Override
    public int run(Arguments arguments) throws IOException, UsageException {
        Policies.load(arguments.option("policy"));
        return JsonLines.run(arguments.option("jsonl"), MaskCommand::line);
    }
}
