package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.secrets.SecretFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Logs a person in for their own tools: a code to confirm in the browser, then a token where agents of this user look for one. */
@Command(
        name = "login",
        description = "Lets tools of yours that run under the agent act as you, for eight hours.",
        mixinStandardHelpOptions = true)
final class LoginCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Remote remote = new Remote();

    @Option(
            names = "--into",
            paramLabel = "FILE",
            description = "Where the token goes; default ~/.sallyport/token, where the agent looks for it.")
    private @Nullable Path into;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode begun = remote.anonymous("/api/v1/device-logins", Map.of()).body();
        out.println("Open " + remote.base() + begun.path("page").asText());
        out.println("and confirm the code " + begun.path("code").asText() + ". It is valid for "
                + begun.path("expiresIn").asLong() / 60 + " minutes.");
        out.flush();
        JsonNode token = await(begun);
        Path file = into != null ? into : Path.of(System.getProperty("user.home"), ".sallyport", "token");
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                SecretFile.directory(directory);
            }
            SecretFile.write(file, token.path("token").asText() + "\n");
        } catch (IOException e) {
            throw new CommandFailure("the token cannot be written to " + file + "; choose another place with --into");
        }
        out.println("Logged in until " + token.path("expires").asText() + ". The token is in " + file);
        out.flush();
    }

    private JsonNode await(JsonNode begun) {
        Map<String, String> device = Map.of("device", begun.path("device").asText());
        long interval = begun.path("interval").asLong(2);
        while (true) {
            Remote.Answer answer = remote.anonymous("/api/v1/device-logins/token", device);
            if (answer.status() == 200) {
                return answer.body();
            }
            try {
                TimeUnit.SECONDS.sleep(interval);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailure("interrupted");
            }
        }
    }
}
