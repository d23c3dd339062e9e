package io.sallyport.agent.cli;

import io.sallyport.core.mask.cli.MaskCommand;
import io.sallyport.core.mask.detect.Detectors;
import java.io.IOException;
import java.util.Set;

/** {@code mask}: what body rules, with the detectors of a policy, would do to bodies. */
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
        Detectors detectors = Policies.load(arguments.option("policy")).policy().detectors();
        return JsonLines.run(arguments.option("jsonl"), line -> MaskCommand.line(line, detectors));
    }
}
