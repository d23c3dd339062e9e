package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The statements that workloads send, on the terminal. */
@Command(
        name = "shapes",
        description = "Lists statement shapes by the place in the code that sends them.",
        mixinStandardHelpOptions = true)
final class ShapesCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Remote remote = new Remote();

    @Option(names = "--today", description = "Only those that their workload sent for the first time today.")
    private boolean today;

    @Option(names = "--workload", paramLabel = "WORKLOAD", description = "Id or name.")
    private @Nullable String workload;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        String query = "?limit=1000";
        if (today) {
            query += "&firstSince="
                    + LocalDate.now(ZoneId.systemDefault())
                            .atStartOfDay(ZoneId.systemDefault())
                            .toInstant();
        }
        if (workload != null) {
            query += "&workload=" + URLEncoder.encode(workload, StandardCharsets.UTF_8);
        }
        JsonNode shapes = remote.get("/api/v1/shapes" + query);
        if (remote.json()) {
            Table.json(out, shapes);
            return;
        }
        Table table = new Table("FIRST", "CALLS", "WORKLOAD", "FROM", "STATEMENT");
        for (JsonNode shape : shapes) {
            table.row(
                    shape.path("firstAt").asText(),
                    shape.path("calls").asLong(),
                    shape.path("name").asText(),
                    shape.path("site").asText(),
                    shape.path("shape").asText());
        }
        table.print(out);
    }
}
