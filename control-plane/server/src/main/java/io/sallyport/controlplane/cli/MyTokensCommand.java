package io.sallyport.controlplane.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** API tokens that a person makes for themself; {@link TokensCommand} is an administrator's. */
@Command(
        name = "my-tokens",
        description = "Lists, makes and ends API tokens of your own.",
        mixinStandardHelpOptions = true)
final class MyTokensCommand extends CommandGroup {

    @Command(
            name = "list",
            description = "Lists API tokens that you made for yourself.",
            mixinStandardHelpOptions = true)
    void list(@Mixin Remote remote) {
        TokensCommand.list(this, remote, "/api/v1/me/tokens");
    }

    @Command(
            name = "add",
            description =
                    "Signs you in with your password, makes an API token with the roles and groups that you have now,"
                            + " and prints it, once. Who signs in through an identity provider makes theirs in the dashboard.",
            mixinStandardHelpOptions = true)
    void add(
            @Mixin Remote remote,
            @Option(names = "--user", paramLabel = "NAME", required = true, description = "Who you are.") String user,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "File with your password; without it you are asked.")
                    @Nullable
                    Path passwordFile,
            @Option(names = "--ttl", paramLabel = "MINUTES", description = "Default, and at most, 12 hours.") @Nullable
                    Long ttl) {
        Map<String, Object> body = ttl == null ? Map.of() : Map.of("ttlMinutes", ttl);
        made(remote, remote.signedIn(user, password(passwordFile), "/api/v1/me/tokens", body), "token");
    }

    @Command(name = "delete", description = "Ends an API token of yours.", mixinStandardHelpOptions = true)
    void delete(@Mixin Remote remote, @Parameters(paramLabel = "ID") String id) {
        remote.call("DELETE", "/api/v1/me/tokens/" + PathPart.encode(id), null);
    }

    private static String password(@Nullable Path file) {
        if (file != null) {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new CommandFailure("the password file " + file + " cannot be read");
            }
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password: ");
        if (typed == null) {
            throw new CommandFailure("there is no terminal to ask for your password; give --password-file");
        }
        return new String(typed);
    }
}
