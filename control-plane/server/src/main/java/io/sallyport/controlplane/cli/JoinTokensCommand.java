package io.sallyport.controlplane.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Join tokens that are about; {@link JoinTokenCommand} makes them. */
@Command(
        name = "join-tokens",
        description = "Lists join tokens that still admit somebody, and makes them void.",
        mixinStandardHelpOptions = true)
final class JoinTokensCommand extends CommandGroup {

    @Command(name = "list", description = "Lists join tokens.", mixinStandardHelpOptions = true)
    void list(@Mixin Remote remote) {
        list(
                remote,
                remote.get("/api/v1/join-tokens"),
                new Table("ID", "WORKLOAD", "USES LEFT", "MADE BY", "EXPIRES"),
                token -> new Object[] {
                    token.path("id").asText(),
                    token.path("workload").asText("any"),
                    token.path("usesLeft").asText(),
                    token.path("createdBy").asText(),
                    token.path("expires").asText()
                });
    }

    @Command(
            name = "void",
            description = "Makes a join token void; who enrolled with it before stays.",
            mixinStandardHelpOptions = true)
    void makeVoid(@Mixin Remote remote, @Parameters(paramLabel = "ID") String id) {
        remote.call("DELETE", "/api/v1/join-tokens/" + PathPart.encode(id), null);
    }
}
