package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sessions on the terminal: a connection's calls from its opening to its end. */
@Command(name = "sessions", description = "Lists sessions, or shows or stops one.", mixinStandardHelpOptions = true)
final class SessionsCommand implements Runnable {

    private static final String PATH = "/api/v1/sessions/";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Remote remote = new Remote();

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Shows this session's events, oldest first.")
    private @Nullable String id;

    @Option(names = "--workload", paramLabel = "NAME", description = "Only those of this workload (name or id).")
    private @Nullable String workload;

    @Option(
            names = "--with",
            paramLabel = "WHAT",
            description = "Only those with something refused, held or masked, or with errors.")
    private @Nullable String notable;

    @Option(names = "-n", defaultValue = "50", description = "How many. Default ${DEFAULT-VALUE}.")
    private int count;

    @Override
    public void run() {
        if (id == null) {
            list(remote, workload, notable, count);
        } else {
            show(id);
        }
    }

    @Command(name = "list", description = "Lists sessions, as without a word.", mixinStandardHelpOptions = true)
    void list(
            @Mixin Remote listing,
            @Option(
                            names = "--workload",
                            paramLabel = "NAME",
                            description = "Only those of this workload (name or id).")
                    @Nullable
                    String of,
            @Option(
                            names = "--with",
                            paramLabel = "WHAT",
                            description = "Only those with something refused, held or masked, or with errors.")
                    @Nullable
                    String with,
            @Option(names = "-n", defaultValue = "50", description = "How many. Default ${DEFAULT-VALUE}.") int most) {
        JsonNode sessions = listing.get(
                        "/api/v1/sessions?limit=" + Math.max(1, most) + query("workload", of) + query("notable", with))
                .path("sessions");
        if (listing.json()) {
            Table.json(out(), sessions);
            return;
        }
        Table table = new Table(
                "ID", "WORKLOAD", "TARGET", "STATE", "OPENED", "CALLS", "REFUSED", "HELD", "MASKED", "ERRORS");
        for (JsonNode session : sessions) {
            table.row(
                    session.path("id").asLong(),
                    session.path("workload").path("name").asText(),
                    session.path("target").asText(),
                    session.path("state").asText(),
                    session.path("openedAt").asText(),
                    session.path("calls").asLong(),
                    session.path("refused").asLong(),
                    session.path("held").asLong(),
                    session.path("masked").asLong(),
                    session.path("errors").asLong());
        }
        table.print(out());
    }

    private void show(String session) {
        Table table = new Table("AT", "TYPE", "VERDICT", "SUMMARY", "RULES", "ROWS");
        String next = "0";
        do {
            JsonNode page = remote.get(PATH + part(session) + "/events?after=" + next);
            if (remote.json()) {
                page.path("events").forEach(event -> out().println(TerminalText.line(event)));
            }
            for (JsonNode event : page.path("events")) {
                table.row(
                        event.path("at").asText(),
                        event.path("type").asText(),
                        event.path("verdict").asText("-"),
                        event.path("summary").asText(),
                        Table.list(event.path("rules")),
                        event.path("rows").asLong());
            }
            next = page.path("next").asText("null");
        } while (!next.equals("null"));
        if (remote.json()) {
            out().flush();
        } else {
            table.print(out());
        }
    }

    @Command(
            name = "stop",
            description = "Stops a session: its workload refuses what it still wants to do.",
            mixinStandardHelpOptions = true)
    void stop(
            @Mixin Remote stopping,
            @Parameters(paramLabel = "ID") String session,
            @Option(names = "--reason", required = true, description = "Why.") String reason) {
        JsonNode stopped = stopping.call("POST", PATH + part(session) + "/stop", Map.of("reason", reason));
        if (stopping.json()) {
            Table.json(out(), stopped);
        } else {
            out().println(session + ": " + stopped.path("state").asText());
            out().flush();
        }
    }

    private static String query(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + part(value);
    }

    private static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
