package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a join token; prints it and nothing else, so that it can go straight into a file. */
@Command(name = "join-token", description = "Makes a token that admits workloads.", mixinStandardHelpOptions = true)
final class JoinTokenCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Remote remote = new Remote();

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "The verified name; without it workloads name themselves.")
    private @Nullable String workload;

    @Option(names = "--uses", defaultValue = "1", description = "How many enrolments. Default ${DEFAULT-VALUE}.")
    private int uses;

    @Option(names = "--ttl", defaultValue = "60", paramLabel = "MINUTES", description = "Default ${DEFAULT-VALUE}.")
    private long ttl;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "A verified label; may be repeated.")
    private Map<String, String> labels = Map.of();

    @Option(
            names = "--relay",
            paramLabel = "NAME",
            description =
                    "Admits a relay, not a workload: a DNS name or address at which agents reach it; may be repeated.")
    private List<String> relay = List.of();

    @Option(names = "--group", paramLabel = "GROUP", description = "A verified group; may be repeated.")
    private List<String> groups = List.of();

    @Override
    public void run() {
        Map<String, Object> body = new LinkedHashMap<>();
        String name = workload;
        if (name != null) {
            body.put("workload", name);
        }
        body.put("uses", uses);
        body.put("ttlMinutes", ttl);
        Map<String, String> verified = new LinkedHashMap<>(labels == null ? Map.of() : labels);
        if (relay != null && !relay.isEmpty()) {
            verified.put("relay", String.join(" ", relay));
        }
        body.put("labels", verified);
        body.put("groups", groups == null ? List.of() : groups);
        JsonNode answer = remote.call("POST", "/api/v1/join-tokens", body);
        PrintWriter out = spec.commandLine().getOut();
        if (remote.json()) {
            Table.json(out, answer);
        } else {
            out.println(answer.path("token").asText());
            out.flush();
        }
    }
}
