package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Encryption in transit on the terminal: what each connection is, and what to do about those that an enforced policy refuses. */
@Command(
        name = "tls",
        description = "Lists what TLS the fleet's connections have, the worst first.",
        mixinStandardHelpOptions = true)
final class TlsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Remote remote = new Remote();

    @Option(names = "--refused", description = "Only those that are refused, or would be if the policy were enforced.")
    private boolean refused;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode lines = remote.get("/api/v1/tls");
        if (remote.json()) {
            Table.json(out, lines);
            return;
        }
        Table table = new Table("OUTCOME", "WORKLOAD", "TARGET", "TLS", "COUNT", "WHAT TO DO");
        for (JsonNode line : lines) {
            String outcome = line.path("outcome").asText();
            if (!refused || outcome.endsWith("REFUSE") || outcome.equals("REFUSED")) {
                table.row(
                        outcome.toLowerCase(Locale.ROOT).replace('_', ' '),
                        line.path("workload").asText(),
                        line.path("target").asText(),
                        line.path("tls").asText(),
                        line.path("count").asLong(),
                        line.path("fix").isTextual() ? line.path("fix").asText() : "-");
            }
        }
        table.print(out);
    }
}
