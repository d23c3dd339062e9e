package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Join tokens that are about; {@link JoinTokenCommand} makes them. */
@Command(
        name = "join-tokens",
        description = "Lists join tokens that still admit somebody, and makes them void.",
        mixinStandardHelpOptions = true)
final class JoinTokensCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do: list or void ID");
    }

    @Command(name = "list", description = "Lists join tokens.", mixinStandardHelpOptions = true)
    void list(@Mixin Remote remote) {
        JsonNode tokens = remote.get("/api/v1/join-tokens");
        if (remote.json()) {
            Table.json(out(), tokens);
            return;
        }
        Table table = new Table("ID", "WORKLOAD", "USES LEFT", "MADE BY", "EXPIRES");
        tokens.forEach(token -> table.row(
                token.path("id").asText(),
                token.path("workload").asText("any"),
                token.path("usesLeft").asText(),
                token.path("createdBy").asText(),
                token.path("expires").asText()));
        table.print(out());
    }

    @Command(
            name = "void",
            description = "Makes a join token void; who enrolled with it before stays.",
            mixinStandardHelpOptions = true)
    void makeVoid(@Mixin Remote remote, @Parameters(paramLabel = "ID") String id) {
        remote.call("DELETE", "/api/v1/join-tokens/" + PathPart.encode(id), null);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
