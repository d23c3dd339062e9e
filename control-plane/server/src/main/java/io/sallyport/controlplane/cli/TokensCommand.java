package io.sallyport.controlplane.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** API tokens on the terminal. */
@Command(name = "tokens", description = "Lists and adds API tokens.", mixinStandardHelpOptions = true)
final class TokensCommand extends CommandGroup {

    @Command(name = "list", description = "Lists API tokens.", mixinStandardHelpOptions = true)
    void list(@Mixin Remote remote) {
        list(this, remote, "/api/v1/tokens");
    }

    static void list(CommandGroup command, Remote remote, String path) {
        command.list(
                remote,
                remote.get(path),
                new Table("ID", "NAME", "MADE BY", "ROLES", "GROUPS", "EXPIRES"),
                token -> new Object[] {
                    token.path("id").asText(),
                    token.path("name").asText(),
                    token.path("createdBy").asText(),
                    Table.list(token.path("roles")),
                    Table.list(token.path("groups")),
                    token.path("expires").asText("never")
                });
    }

    @Command(name = "add", description = "Adds an API token and prints it, once.", mixinStandardHelpOptions = true)
    void add(
            @Mixin Remote remote,
            @Parameters(paramLabel = "NAME", description = "The person or program that the token acts as.") String name,
            @Option(names = "--role", split = ",", description = "viewer, auditor, approver, author, admin") @Nullable
                    List<String> roles,
            @Option(names = "--group", split = ",", description = "Groups that approvals ask for.") @Nullable
                    List<String> groups,
            @Option(names = "--ttl", paramLabel = "MINUTES", description = "Default 30 days.") @Nullable Long ttl) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("roles", roles == null ? List.of() : roles);
        body.put("groups", groups == null ? List.of() : groups);
        if (ttl != null) {
            body.put("ttlMinutes", ttl);
        }
        made(remote, remote.call("POST", "/api/v1/tokens", body), "token");
    }

    @Command(name = "delete", description = "Ends an API token.", mixinStandardHelpOptions = true)
    void delete(@Mixin Remote remote, @Parameters(paramLabel = "ID") String id) {
        remote.call("DELETE", "/api/v1/tokens/" + PathPart.encode(id), null);
    }
}
