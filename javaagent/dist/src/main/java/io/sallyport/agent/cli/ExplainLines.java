package io.sallyport.agent.cli;

import io.sallyport.core.policy.cli.ExplainCommand;
import io.sallyport.core.sql.StandardSqlReader;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;

/** {@code explain}: what a policy would do to statements. */
final class ExplainLines implements Command {

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String usage() {
        return "explain [--policy FILE] [--jsonl FILE|-]   what a policy would do to statements";
    }

    @Override
    public Set<String> options() {
        return Set.of("policy", "jsonl");
    }

    @Override
    public int run(Arguments arguments) throws IOException, UsageException {
        ExplainCommand explain =
                new ExplainCommand(new StandardSqlReader(), Policies.load(arguments.option("policy")), Instant.now());
        return JsonLines.run(arguments.option("jsonl"), explain::line);
    }
}
