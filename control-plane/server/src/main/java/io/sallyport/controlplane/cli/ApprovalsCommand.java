package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The approvals inbox on the terminal. */
@Command(name = "approvals", description = "Lists and decides approvals.", mixinStandardHelpOptions = true)
final class ApprovalsCommand extends CommandGroup {

    @Command(name = "list", description = "Shows tickets, newest first.", mixinStandardHelpOptions = true)
    void list(
            @Mixin Remote remote,
            @Option(names = "--state", defaultValue = "waiting", description = "waiting, decided or all")
                    String state) {
        list(
                remote,
                remote.get("/api/v1/approvals?state=" + URLEncoder.encode(state, StandardCharsets.UTF_8)),
                new Table("ID", "STATE", "WORKLOAD", "WHAT", "TARGET", "RULES", "APPROVALS", "EXPIRES"),
                ticket -> new Object[] {
                    ticket.path("id").asText(),
                    ticket.path("state").asText(),
                    ticket.path("workload").path("name").asText()
                            + (ticket.path("workload").path("verified").asBoolean() ? "" : " (unverified)"),
                    ticket.path("summary").asText(),
                    ticket.path("target").asText(),
                    Table.list(ticket.path("rules")),
                    ticket.path("decisions").size() + " of "
                            + ticket.path("required").asInt(),
                    ticket.path("expires").asText()
                });
    }

    @Command(name = "approve", description = "Approves a ticket.", mixinStandardHelpOptions = true)
    void approve(
            @Mixin Remote remote,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", description = "Why.") @Nullable String reason,
            @Option(names = "--unmask", description = "Also show masked values to this call.") boolean unmask,
            @Option(
                            names = "--for",
                            paramLabel = "MINUTES",
                            description = "Approves equal calls of this workload too, for so long from now.")
                    @Nullable
                    Integer minutes,
            @Option(names = "--shape", description = "With --for: also calls with other parameters.") boolean shape) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (unmask) {
            body.put("unmask", true);
        }
        if (minutes != null) {
            body.put("grantMinutes", minutes);
            body.put("grantFor", shape ? "shape" : "call");
        }
        decide(remote, id, "approve", reason, body);
    }

    @Command(name = "refuse", description = "Refuses a ticket.", mixinStandardHelpOptions = true)
    void refuse(
            @Mixin Remote remote,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", description = "Why.") @Nullable String reason) {
        decide(remote, id, "refuse", reason, new LinkedHashMap<>());
    }

    @Command(
            name = "break-glass",
            description = "Approves a ticket alone, past its rules. Everyone hears of it.",
            mixinStandardHelpOptions = true)
    void breakGlass(
            @Mixin Remote remote,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why.") String reason) {
        decide(remote, id, "break-glass", reason, new LinkedHashMap<>());
    }

    @Command(name = "grants", description = "Shows approvals that hold for a while.", mixinStandardHelpOptions = true)
    void grants(@Mixin Remote remote) {
        list(
                remote,
                remote.get("/api/v1/grants"),
                new Table("ID", "WORKLOAD", "WHAT", "TARGET", "FOR", "BY", "USED", "ENDS"),
                grant -> new Object[] {
                    grant.path("id").asText(),
                    grant.path("workloadName").asText(),
                    grant.path("summary").asText(),
                    grant.path("target").asText(),
                    grant.path("covers").asText() + (grant.path("unmask").asBoolean() ? ", unmasked" : ""),
                    Table.list(grant.path("by")),
                    grant.path("used").asText(),
                    grant.path("revoked").isNull() ? grant.path("ends").asText() : "revoked"
                });
    }

    @Command(name = "revoke-grant", description = "Ends a grant at once.", mixinStandardHelpOptions = true)
    void revokeGrant(@Mixin Remote remote, @Parameters(paramLabel = "ID") String id) {
        remote.call("DELETE", "/api/v1/grants/" + PathPart.encode(id), null);
        say(id + ": revoked");
    }

    private void decide(Remote remote, String id, String verb, @Nullable String reason, Map<String, Object> body) {
        if (reason != null) {
            body.put("reason", reason);
        }
        JsonNode ticket = remote.call("POST", "/api/v1/approvals/" + PathPart.encode(id) + "/" + verb, body);
        if (remote.json()) {
            Table.json(out(), ticket);
            return;
        }
        String state = ticket.path("state").asText();
        say(id + ": " + state
                + (state.equals("waiting")
                        ? " (" + ticket.path("decisions").size() + " of "
                                + ticket.path("required").asInt() + " approvals)"
                        : ""));
    }
}
