package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Local users on the terminal. */
@Command(name = "users", description = "Lists and adds users.", mixinStandardHelpOptions = true)
final class UsersCommand extends CommandGroup {

    @Command(name = "list", description = "Lists users.", mixinStandardHelpOptions = true)
    void list(@Mixin Remote remote) {
        list(remote, remote.get("/api/v1/users"), new Table("NAME", "ROLES", "GROUPS"), user -> new Object[] {
            user.path("name").asText(), Table.list(user.path("roles")), Table.list(user.path("groups"))
        });
    }

    @Command(
            name = "add",
            description = "Adds a user and prints the generated password, once.",
            mixinStandardHelpOptions = true)
    void add(
            @Mixin Remote remote,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--role", split = ",", description = "viewer, auditor, approver, author, admin") @Nullable
                    List<String> roles,
            @Option(names = "--group", split = ",", description = "Groups that approvals ask for.") @Nullable
                    List<String> groups) {
        JsonNode user = remote.call(
                "POST",
                "/api/v1/users",
                Map.of(
                        "name", name,
                        "roles", roles == null ? List.of() : roles,
                        "groups", groups == null ? List.of() : groups));
        made(remote, user, "password");
    }

    @Command(name = "delete", description = "Deletes a user.", mixinStandardHelpOptions = true)
    void delete(@Mixin Remote remote, @Parameters(paramLabel = "NAME") String name) {
        remote.call("DELETE", "/api/v1/users/" + PathPart.encode(name), null);
    }
}
