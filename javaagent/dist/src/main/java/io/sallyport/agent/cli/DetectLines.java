package io.sallyport.agent.cli;

import io.sallyport.core.mask.cli.DetectCommand;
import io.sallyport.core.mask.detect.Detectors;
import java.io.IOException;
import java.util.Set;

/** {@code detect}: what the detectors, a policy's own too, recognise in values. */
final class DetectLines implements Command {

    @Override
    public String name() {
        return "detect";
    }

    @Override
    public String usage() {
        return "detect [--policy FILE] [--jsonl FILE|-]    what the detectors recognise in values";
    }

    @Override
    public Set<String> options() {
        return Set.of("policy", "jsonl");
    }

    @Override
    public int run(Arguments arguments) throws IOException, UsageException {
        Detectors detectors = Policies.load(arguments.option("policy")).policy().detectors();
        return JsonLines.run(arguments.option("jsonl"), line -> DetectCommand.line(line, detectors));
    }
}
