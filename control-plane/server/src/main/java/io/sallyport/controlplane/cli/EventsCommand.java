package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The record on the terminal, one event a line, oldest first. */
@Command(name = "events", description = "Shows the newest events.", mixinStandardHelpOptions = true)
final class EventsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Remote remote = new Remote();

    @Option(names = "-n", defaultValue = "20", description = "How many. Default ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--follow", description = "Go on with new ones until interrupted.")
    private boolean follow;

    @Override
    public void run() {
        List<JsonNode> events = new ArrayList<>();
        remote.get("/api/v1/events?limit=" + Math.max(1, count)).path("events").forEach(events::add);
        Collections.reverse(events);
        events.forEach(this::print);
        if (follow) {
            try (Stream<String> lines = remote.lines("/api/v1/stream")) {
                follow(lines.iterator());
            }
        }
    }

    private void follow(Iterator<String> lines) {
        boolean event = false;
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("event:")) {
                event = line.equals("event: event");
            } else if (event && line.startsWith("data:")) {
                try {
                    print(Wire.json().readTree(line.substring(5)));
                } catch (IOException e) {
                    throw new CommandFailure("the live stream is damaged");
                }
            }
        }
    }

    private void print(JsonNode event) {
        PrintWriter out = spec.commandLine().getOut();
        if (remote.json()) {
            out.println(TerminalText.line(event));
        } else {
            String error = event.path("error").asText("null");
            out.println(TerminalText.plain(String.join(
                    "  ",
                    event.path("at").asText(),
                    event.path("workload").path("name").asText(),
                    event.path("type").asText(),
                    event.path("verdict").asText("-"),
                    event.path("target").asText(),
                    event.path("summary").asText(),
                    Table.list(event.path("rules")),
                    error.equals("null") ? "" : error)));
        }
        out.flush();
    }
}
