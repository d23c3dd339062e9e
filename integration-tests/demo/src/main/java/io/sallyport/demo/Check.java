package io.sallyport.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.ControlPlaneClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The scenario without a human. Judges by an ungoverned connection to the database and by the control plane's API; what the
 * workload prints is used only where the question is what the workload got to see.
 */
final class Check {

    private static final Duration STEP = Duration.ofSeconds(60);

    private final Stage stage;
    private final List<String> failed = new ArrayList<>();

    Check(Stage stage) {
        this.stage = stage;
    }

    int run() throws Exception {
        ControlPlaneClient admin = stage.controlPlane.admin();
        ControlPlaneClient approver = Tour.approver(stage);
        List<String> output;
        try (ChildJvm workload = Workload.start(stage, line -> {}, "read", "drop", "plaintext", "http", "purge")) {
            JsonNode ticket = awaitTicket(admin, workload);
            String carts = stage.database.query("SELECT count(*) FROM carts");
            expect(
                    "DELETE without WHERE waits for approval, its rows still there",
                    "17".equals(carts),
                    carts + " carts, ticket " + ticket.get("detail").asText());
            checkConnections();
            JsonNode decided = approver.post(
                    "/api/v1/approvals/" + ticket.get("id").asText() + "/approve",
                    ControlPlaneClient.object().put("reason", "checked by the demo"));
            expect(
                    "an approver of group dba can approve it",
                    "approved".equals(decided.get("state").asText()),
                    decided.get("state").asText());
            int exit = workload.exitCode(STEP);
            expect("the workload ran to its end", exit == 0, "exit code " + exit);
            output = workload.lines();
        }
        checkData(output);
        checkRecord(admin);
        return verdict();
    }

    private static JsonNode awaitTicket(ControlPlaneClient admin, ChildJvm workload) throws Exception {
        try {
            return Tickets.awaitWaiting(admin, STEP);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the workload said:\n" + workload.output(), e);
        }
    }

    private void checkConnections() throws Exception {
        String plain = stage.database.query("SELECT count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
                + " WHERE a.backend_type = 'client backend' AND a.pid <> pg_backend_pid() AND a.application_name = 'PostgreSQL JDBC Driver'"
                + " AND NOT s.ssl");
        String tls = stage.database.query(
                "SELECT count(*) || ' with ' || min(s.version) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
                        + " WHERE a.backend_type = 'client backend' AND a.pid <> pg_backend_pid() AND s.ssl");
        expect(
                "the workload's connections speak TLS though its URL does not ask for it (pg_stat_ssl)",
                "0".equals(plain) && tls != null && !tls.startsWith("0"),
                tls + ", " + plain + " without");
    }

    private void checkData(List<String> output) throws Exception {
        String carts = stage.database.query("SELECT count(*) FROM carts");
        expect("the approved DELETE ran, once", "0".equals(carts), carts + " carts");
        String orders = stage.database.query("SELECT count(*) FROM orders");
        expect("DROP TABLE never reached the database", "42".equals(orders), orders + " orders");
        List<String> rows = output.stream().filter(l -> l.startsWith("row ")).toList();
        boolean masked = rows.size() == 3
                && rows.get(0).contains("Ada Lovelace")
                && rows.get(0).endsWith("1111")
                && rows.stream().noneMatch(r -> r.contains("@example.com") || r.contains("41111111"));
        expect(
                "the workload sees rows with masked e-mail and card number",
                masked,
                rows.isEmpty() ? "no rows" : rows.get(0));
        String users = output.stream()
                .filter(l -> l.startsWith("users api"))
                .findFirst()
                .orElse("none");
        expect(
                "the e-mail in the HTTP answer is masked",
                users.contains("Ada") && !users.contains("@example.com"),
                users);
    }

    private void checkRecord(ControlPlaneClient admin) throws Exception {
        JsonNode events = Events.awaitResultOf(admin, "delete", STEP);
        expectEvent(events, "the refused DROP is recorded with its rule", "deny", "no-drop", "drop");
        expectEvent(events, "the held DELETE is recorded with its rule", "hold", "mass-write", "delete");
        boolean tls = Events.any(
                events,
                e -> e.path("type").asText().equals("OPEN")
                        && e.path("tls").asText().startsWith("TLSv1."));
        expect("the connection is recorded with its TLS version", tls, Events.first(events, "OPEN", "tls"));
        boolean plaintext = Events.any(
                events,
                e -> e.path("verdict").asText().equals("deny")
                        && e.path("rules").toString().contains("tls"));
        expect("the plaintext connection is recorded as refused", plaintext, plaintext ? "rule tls" : "no such event");
        boolean leaked =
                events.toString().contains("@example.com") || events.toString().contains("4111111111111111");
        expect("no masked value is in the record", !leaked, events.size() + " events read");
        JsonNode workloads = admin.get("/api/v1/workloads");
        String name =
                workloads.isEmpty() ? "none" : workloads.get(0).get("name").asText();
        boolean verified =
                !workloads.isEmpty() && workloads.get(0).get("verified").asBoolean();
        expect("the workload is known by its verified identity", name.equals("shop-job") && verified, name);
    }

    private void expectEvent(JsonNode events, String what, String verdict, String rule, String summary) {
        boolean found = Events.any(
                events,
                e -> e.path("verdict").asText().equals(verdict)
                        && e.path("rules").toString().contains(rule)
                        && e.path("summary").asText().equals(summary));
        expect(what, found, found ? verdict + " by " + rule : "no such event");
    }

    private void expect(String what, boolean holds, String seen) {
        System.out.println((holds ? "ok    " : "FAIL  ") + what + "  [" + seen + "]");
        if (!holds) {
            failed.add(what);
        }
    }

    private int verdict() {
        System.out.println(
                failed.isEmpty() ? "All expectations hold." : failed.size() + " expectation(s) do not hold.");
        return failed.isEmpty() ? 0 : 1;
    }
}
