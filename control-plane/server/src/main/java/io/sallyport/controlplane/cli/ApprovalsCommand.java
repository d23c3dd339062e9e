package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The approvals inbox on the terminal. */
@Command(name = "approvals", description = "Lists and decides approvals.", mixinStandardHelpOptions = true)
final class ApprovalsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do: list, approve ID or refuse ID");
    }

    @Command(name = "list", description = "Shows tickets, newest first.", mixinStandardHelpOptions = true)
    void list(
            @Mixin Remote remote,
            @Option(names = "--state", defaultValue = "waiting", description = "waiting, decided or all")
                    String state) {
        JsonNode tickets = remote.get("/api/v1/approvals?state=" + URLEncoder.encode(state, StandardCharsets.UTF_8));
        if (remote.json()) {
            Table.json(spec.commandLine().getOut(), tickets);
            return;
        }
        Table table = new Table("ID", "STATE", "WORKLOAD", "WHAT", "TARGET", "RULES", "APPROVALS", "EXPIRES");
        for (JsonNode ticket : tickets) {
            table.row(
                    ticket.path("id").asText(),
                    ticket.path("state").asText(),
                    ticket.path("workload").path("name").asText(),
                    ticket.path("summary").asText(),
                    ticket.path("target").asText(),
                    Table.list(ticket.path("rules")),
                    ticket.path("decisions").size() + " of "
                            + ticket.path("required").asInt(),
                    ticket.path("expires").asText());
        }
        table.print(spec.commandLine().getOut());
    }

    @Command(name = "approve", description = "Approves a ticket.", mixinStandardHelpOptions = true)
    void approve(
            @Mixin Remote remote,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", description = "Why.") @Nullable String reason,
            @Option(names = "--unmask", description = "Also show masked values to this call.") boolean unmask) {
        decide(remote, id, "approve", reason, unmask);
    }

    @Command(name = "refuse", description = "Refuses a ticket.", mixinStandardHelpOptions = true)
    void refuse(
            @Mixin Remote remote,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", description = "Why.") @Nullable String reason) {
        decide(remote, id, "refuse", reason, false);
    }

    private void decide(Remote remote, String id, String verb, @Nullable String reason, boolean unmask) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (reason != null) {
            body.put("reason", reason);
        }
        if (unmask) {
            body.put("unmask", true);
        }
        JsonNode ticket = remote.call(
                "POST", "/api/v1/approvals/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/" + verb, body);
        if (remote.json()) {
            Table.json(spec.commandLine().getOut(), ticket);
            return;
        }
        String state = ticket.path("state").asText();
        spec.commandLine()
                .getOut()
                .println(id + ": " + state
                        + (state.equals("waiting")
                                ? " (" + ticket.path("decisions").size() + " of "
                                        + ticket.path("required").asInt() + " approvals)"
                                : ""));
        spec.commandLine().getOut().flush();
    }
}
