package io.sallyport.agent.cli;

import io.sallyport.core.mask.cli.DetectCommand;
import java.io.IOException;
import java.util.Set;

/** {@code detect}: what the detectors recognise in values. */
final class DetectLines implements Command {

    @Override
    public String name() {
        return "detect";
    }

    @Override
    public String usage() {
        return "detect [--jsonl FILE|-]                    what the detectors recognise in values";
    }

    @Override
    public Set<String> options() {
        return Set.of("jsonl");
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        return JsonLines.run(arguments.option("jsonl"), DetectCommand::line);
    }
}
