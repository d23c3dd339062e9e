package io.sallyport.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.ControlPlaneClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The scenario for a person at the terminal. */
final class Tour {

    private static final Duration STEP = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Stage stage;

    Tour(Stage stage) {
        this.stage = stage;
    }

    /** Ends only by Ctrl-C, which interrupts this thread. */
    int run() throws Exception {
        tell();
        return 0;
    }

    private void tell() throws Exception {
        String url = stage.controlPlane.url();
        String approver = stage.controlPlane.admin().approverToken("demo-approver", "dba");
        say(
                "",
                "Sallyport demo. Everything here is real: PostgreSQL 18, HikariCP, the JDK's HttpClient, the agent, the control plane.",
                "",
                "  dashboard   " + url + "   user admin   password " + stage.controlPlane.adminPassword(),
                "  CA          " + stage.controlPlane.ca() + "   (your browser will not know it)",
                "",
                "The workload starts with -javaagent and two environment variables; its code knows nothing of Sallyport.",
                "");
        try (ChildJvm workload = Workload.start(
                stage,
                line -> System.out.println("  workload │ " + line),
                "read",
                "drop",
                "plaintext",
                "http",
                "purge",
                "loop")) {
            workload.awaitLine("row 3", STEP);
            say("", "↑ Rows as the workload sees them: e-mail and card number are masked inside its own process.", "");
            workload.awaitLine("drop failed", STEP);
            say("", "↑ DROP TABLE was refused before it reached the database.", "");
            workload.awaitLine("plaintext failed", STEP);
            say("", "↑ A connection without TLS was refused before a password left.", "");
            workload.awaitLine("users api", STEP);
            say("", "↑ The same masks apply to the JSON of an HTTP call.", "");
            workload.awaitLine("purging", STEP);
            JsonNode ticket = Tickets.awaitWaiting(stage.controlPlane.admin(), STEP);
            explainApproval(url, approver, ticket);
            awaitDecision(ticket);
        }
    }

    private void explainApproval(String url, String approverToken, JsonNode ticket) {
        String id = ticket.get("id").asText();
        say(
                "",
                "↑ DELETE without WHERE: the workload's thread is paused until somebody decides. Approve it in one of three ways:",
                "",
                "  1. dashboard: " + url + " → Approvals",
                "  2. CLI:       SALLYPORT_URL=" + url + " SALLYPORT_CA_FILE=" + stage.controlPlane.ca()
                        + " SALLYPORT_API_TOKEN=" + approverToken + " \\",
                "                  java -jar " + io.sallyport.testing.Jars.controlPlane() + " approvals approve " + id
                        + " --reason 'carts are expired'",
                "  3. curl:      curl --cacert " + stage.controlPlane.ca() + " -H 'Authorization: Bearer "
                        + approverToken + "' -H 'Content-Type: application/json' \\",
                "                  -d '{\"reason\":\"carts are expired\"}' " + url + "/api/v1/approvals/" + id
                        + "/approve",
                "");
    }

    private void awaitDecision(JsonNode ticket) throws Exception {
        String state = Tickets.awaitDecided(
                stage.controlPlane.admin(), ticket.get("id").asText(), PATIENCE);
        say(
                "",
                state.equals("approved")
                        ? "↑ Approved: the thread goes on, and the DELETE runs once."
                        : "↑ " + state + ": the DELETE never reached the database.",
                "The workload goes on reading once a second. Look around in the dashboard; Ctrl-C ends everything.",
                "");
        new CountDownLatch(1).await();
    }

    static void say(String... lines) {
        for (String line : lines) {
            System.out.println(line);
        }
    }

    static ControlPlaneClient approver(Stage stage) throws Exception {
        ControlPlaneClient admin = stage.controlPlane.admin();
        return admin.as(admin.approverToken("demo-approver", "dba"));
    }
}
