package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command whose subcommands do the work; alone it says which there are. */
abstract class CommandGroup implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public final void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final void say(String line) {
        out().println(line);
        out().flush();
    }

    /** Things as lines of a table, or as the JSON that they are. */
    final void list(Remote remote, JsonNode things, Table table, Function<JsonNode, Object[]> row) {
        if (remote.json()) {
            Table.json(out(), things);
            return;
        }
        things.forEach(thing -> table.row(row.apply(thing)));
        table.print(out());
    }

    /** What was just made, of which only the secret matters to a person; it is shown this once. */
    final void made(Remote remote, JsonNode thing, String secret) {
        if (remote.json()) {
            Table.json(out(), thing);
        } else {
            say(thing.path(secret).asText());
        }
    }
}
