package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The fleet on the terminal. */
@Command(name = "workloads", description = "Lists workloads, or shows or revokes one.", mixinStandardHelpOptions = true)
final class WorkloadsCommand implements Runnable {

    private static final String PATH = "/api/v1/workloads";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Remote remote = new Remote();

    @Parameters(arity = "0..1", paramLabel = "ID")
    private @Nullable String id;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        String wanted = id;
        if (wanted != null) {
            Table.json(out, remote.get(PATH + "/" + PathPart.encode(wanted)));
            return;
        }
        list(remote);
    }

    @Command(name = "list", description = "Lists workloads, as without a word.", mixinStandardHelpOptions = true)
    void list(@Mixin Remote listing) {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode workloads = listing.get(PATH);
        if (listing.json()) {
            Table.json(out, workloads);
            return;
        }
        Table table = new Table("ID", "NAME", "HOST", "PID", "STATE", "POLICY", "MODE", "WAITING", "WOVEN", "REFUSED");
        for (JsonNode workload : workloads) {
            table.row(
                    workload.path("id").asText(),
                    workload.path("name").asText() + (workload.path("verified").asBoolean() ? "" : " (unverified)"),
                    workload.path("host").asText(),
                    workload.path("pid").asLong(),
                    workload.path("revoked").asBoolean()
                            ? "revoked"
                            : workload.path("connected").asBoolean() ? "connected" : "away",
                    workload.path("policyVersion").asLong(),
                    workload.path("mode").asText("-"),
                    workload.path("waiting").asInt(),
                    workload.path("coverage").path("woven").asInt(),
                    workload.path("coverage").path("refused").asInt());
        }
        table.print(out);
    }

    @Command(
            name = "revoke",
            description = "Cuts a workload off, for good, and makes its join token void.",
            mixinStandardHelpOptions = true)
    void revoke(
            @Mixin Remote revoking,
            @Parameters(paramLabel = "NAME|ID") String which,
            @Option(names = "--reason", required = true, description = "Why.") String reason) {
        String wanted = one(revoking, which);
        JsonNode revoked =
                revoking.call("POST", PATH + "/" + PathPart.encode(wanted) + "/revoke", Map.of("reason", reason));
        PrintWriter out = spec.commandLine().getOut();
        if (revoking.json()) {
            Table.json(out, revoked);
        } else {
            out.println(wanted + ": revoked");
            out.flush();
        }
    }

    /** The id of the one that is meant; replicas share a name, and which of them is to be cut off is not guessed. */
    private static String one(Remote remote, String which) {
        List<String> named = new ArrayList<>();
        for (JsonNode workload : remote.get(PATH)) {
            String known = workload.path("id").asText();
            if (known.equals(which)) {
                return known;
            }
            if (workload.path("name").asText().equals(which)
                    && !workload.path("revoked").asBoolean()) {
                named.add(known);
            }
        }
        if (named.size() > 1) {
            throw new CommandFailure(
                    "several workloads have that name, give the id of one: " + String.join(", ", named));
        }
        return named.isEmpty() ? which : named.get(0);
    }
}
