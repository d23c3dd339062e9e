package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The policy on the terminal, and in a pipeline. */
@Command(
        name = "policy",
        description = "Reads, checks and publishes the policy.",
        mixinStandardHelpOptions = true,
        subcommands = PolicyDiffCommand.class)
final class PolicyCommand extends CommandGroup {

    @Command(
            name = "get",
            description = "Prints the policy in force for the whole fleet.",
            mixinStandardHelpOptions = true)
    void get(
            @Mixin Remote remote,
            @Parameters(arity = "0..1", paramLabel = "N", description = "An older version.") @Nullable Long version) {
        JsonNode policy = remote.get(version == null ? "/api/v1/policy" : "/api/v1/policy/versions/" + version);
        if (remote.json()) {
            Table.json(out(), policy);
        } else {
            out().print(policy.path("yaml").asText());
            out().flush();
        }
    }

    @Command(name = "push", description = "Checks a policy and publishes it.", mixinStandardHelpOptions = true)
    void push(
            @Mixin Remote remote,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(
                            names = {"-m", "--comment"},
                            description = "Why.")
                    @Nullable
                    String comment,
            @Option(names = "--base", paramLabel = "N", description = "Fails unless this is the newest version.")
                    @Nullable
                    Long base,
            @Option(
                            names = "--stage",
                            paramLabel = "KEY=VALUE",
                            split = ",",
                            description = "Only for workloads with these verified labels, until it is promoted.")
                    @Nullable
                    Map<String, String> stage,
            @Option(names = "--dry-run", description = "Publishes nothing: says what it would change.")
                    boolean dryRun) {
        if (dryRun) {
            dryRun(remote, file, null);
            return;
        }
        long newest = base != null
                ? base
                : remote.get("/api/v1/policy").path("newest").asLong();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("yaml", read(file));
        body.put("comment", comment == null ? "Pushed from " + file.getFileName() : comment);
        body.put("base", newest);
        if (stage != null) {
            body.put("stage", stage);
        }
        published(remote, remote.call("PUT", "/api/v1/policy", body));
    }

    @Command(
            name = "promote",
            description = "Brings the version that is on trial to the whole fleet.",
            mixinStandardHelpOptions = true)
    void promote(
            @Mixin Remote remote,
            @Parameters(arity = "0..1", paramLabel = "N", description = "Fails unless this is the newest version.")
                    @Nullable
                    Long version) {
        long newest = version != null
                ? version
                : remote.get("/api/v1/policy").path("newest").asLong();
        published(remote, remote.call("POST", "/api/v1/policy/promote", Map.of("version", newest)));
    }

    @Command(name = "validate", description = "Checks a policy; exit 0 or 1.", mixinStandardHelpOptions = true)
    int validate(@Mixin Remote remote, @Parameters(paramLabel = "FILE") Path file) {
        JsonNode answer = remote.call("POST", "/api/v1/policy/validate", Map.of("yaml", read(file)));
        if (remote.json()) {
            Table.json(out(), answer);
        } else if (answer.path("valid").asBoolean()) {
            out().println(file + ": valid");
        } else {
            for (JsonNode error : answer.path("errors")) {
                String path = error.path("path").asText();
                out().println(file + ":" + error.path("line").asInt() + ": " + (path.isEmpty() ? "" : path + ": ")
                        + error.path("reason").asText());
            }
        }
        out().flush();
        return answer.path("valid").asBoolean() ? 0 : 1;
    }

    @Command(
            name = "dry-run",
            description = "Tries a policy on the calls that were recorded last, and says what it would change.",
            mixinStandardHelpOptions = true)
    void dryRun(
            @Mixin Remote remote,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--calls", paramLabel = "N", description = "How many of them, at most 10000.") @Nullable
                    Integer calls) {
        JsonNode answer = remote.call(
                "POST", "/api/v1/policy/dry-run", Map.of("yaml", read(file), "calls", calls == null ? 10_000 : calls));
        if (remote.json()) {
            Table.json(out(), answer);
        } else {
            TrialText.print(answer, out());
        }
    }

    @Command(name = "rollback", description = "Publishes an old version anew.", mixinStandardHelpOptions = true)
    void rollback(
            @Mixin Remote remote,
            @Parameters(paramLabel = "N") long version,
            @Option(
                            names = {"-m", "--comment"},
                            description = "Why.")
                    @Nullable
                    String comment) {
        published(
                remote,
                remote.call(
                        "POST",
                        "/api/v1/policy/rollback",
                        Map.of("version", version, "comment", comment == null ? "" : comment)));
    }

    @Command(name = "versions", description = "Lists versions, newest first.", mixinStandardHelpOptions = true)
    void versions(@Mixin Remote remote) {
        JsonNode versions = remote.get("/api/v1/policy/versions");
        if (remote.json()) {
            Table.json(out(), versions);
            return;
        }
        Table table = new Table("VERSION", "SAVED", "AUTHOR", "STAGE", "COMMENT");
        for (JsonNode version : versions) {
            table.row(
                    version.path("version").asLong(),
                    version.path("savedAt").asText(),
                    version.path("author").asText(),
                    stage(version.path("stage")),
                    version.path("comment").asText());
        }
        table.print(out());
    }

    /** Without a label it is for nobody: recovered from an agent, after the store was restored from a backup. */
    private static String stage(JsonNode labels) {
        if (labels.isObject() && labels.isEmpty()) {
            return "(recovered)";
        }
        return labels.properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
    }

    private void published(Remote remote, JsonNode answer) {
        if (remote.json()) {
            Table.json(out(), answer);
        } else {
            out().println("published as version " + answer.path("version").asLong());
            out().flush();
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailure("the policy file " + file + " cannot be read");
        }
    }
}
