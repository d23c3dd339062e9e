package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has the control plane verify what it stores of a workload's recordings. */
@Command(
        name = "recordings",
        description =
                "Verifies what is stored of a workload's recordings; exit code 1 when something is not as it was stored.",
        mixinStandardHelpOptions = true)
final class RecordingsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Remote remote = new Remote();

    @Parameters(paramLabel = "WORKLOAD", description = "Id of the workload.")
    private String workload = "";

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode recordings = remote.get("/api/v1/workloads/" + PathPart.encode(workload) + "/recordings");
        long damaged = 0;
        Table table = new Table("RECORDING", "EVENTS", "FIRST", "LAST", "DELETED", "STATE");
        for (JsonNode recording : recordings) {
            String problem = recording.path("problem").asText("null");
            damaged += problem.equals("null") ? 0 : 1;
            table.row(
                    recording.path("recording").asText(),
                    recording.path("events").asLong(),
                    recording.path("first").asLong(),
                    recording.path("last").asLong(),
                    recording.path("deleted").asLong(),
                    problem.equals("null") ? "intact" : problem);
        }
        if (remote.json()) {
            Table.json(out, recordings);
        } else {
            table.print(out);
        }
        if (damaged > 0) {
            throw new CommandFailure(damaged + " of " + recordings.size() + " recordings are not as they were stored");
        }
    }
}
