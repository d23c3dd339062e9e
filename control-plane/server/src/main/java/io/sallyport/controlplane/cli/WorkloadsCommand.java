package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The fleet on the terminal. */
@Command(name = "workloads", description = "Lists workloads, or shows one.", mixinStandardHelpOptions = true)
final class WorkloadsCommand implements Runnable {

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
            Table.json(out, remote.get("/api/v1/workloads/" + PathPart.encode(wanted)));
            return;
        }
        JsonNode workloads = remote.get("/api/v1/workloads");
        if (remote.json()) {
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
}
