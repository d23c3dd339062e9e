package io.sallyport.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.ControlPlane;
import io.sallyport.testing.ControlPlaneClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A control plane with a policy and a join token in a file, looked at as an administrator and an approver of group {@code dba} do. */
final class Plane implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private ControlPlane server;
    private ControlPlaneClient admin;
    private ControlPlaneClient approver;

    private Plane(Path directory, ControlPlane server) throws IOException, InterruptedException {
        this.directory = directory;
        use(server);
        approver = admin.as(admin.approverToken("pia", "dba"));
        Files.writeString(tokenFile(), admin.joinToken("probe", 1000));
    }

    static Plane start(Path directory, String policy) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("initial-policy.yaml"), policy);
        return new Plane(
                directory, ControlPlane.start(directory.resolve("control-plane"), "--policy", file.toString()));
    }

    private void use(ControlPlane started) throws IOException {
        server = started;
        admin = started.admin();
    }

    /** SIGKILL, then a new process on the same data and port. */
    void killAndRestart() throws IOException, InterruptedException {
        kill();
        restart();
    }

    void kill() throws InterruptedException {
        server.process().kill();
    }

    /** Ends the control plane in peace, copies its store and starts it again; the path is the copy's. */
    Path backUp() throws IOException, InterruptedException {
        server.close();
        Path copy = Files.copy(store(), directory.resolve("backup"));
        restart();
        return copy;
    }

    /** Ends the control plane and starts it again on what its store was when it was copied. */
    void restore(Path copy) throws IOException, InterruptedException {
        server.close();
        Files.copy(copy, store(), StandardCopyOption.REPLACE_EXISTING);
        restart();
    }

    private Path store() {
        return server.data().resolve("store.mv.db");
    }

    void restart() throws IOException, InterruptedException {
        use(ControlPlane.start(server.data(), server.port()));
    }

    ControlPlane server() {
        return server;
    }

    ControlPlaneClient admin() {
        return admin;
    }

    Path tokenFile() {
        return directory.resolve("join-token");
    }

    /** Points a workload to this control plane, with a spool of that name. */
    ChildJvm.Builder governing(ChildJvm.Builder workload, String spool) {
        return governing(workload, spool, "");
    }

    /** @param options of the agent */
    ChildJvm.Builder governing(ChildJvm.Builder workload, String spool, String options) {
        return workload.agent(options)
                .env("SALLYPORT_CONTROL_PLANE", server.url())
                .env("SALLYPORT_TOKEN_FILE", tokenFile().toString())
                .env("SALLYPORT_SPOOL", directory.resolve(spool).toString())
                .env("SALLYPORT_WORKLOAD", "probe");
    }

    /** Puts a policy in force. */
    long push(String yaml) throws IOException, InterruptedException {
        ObjectNode body = ControlPlaneClient.object()
                .put("yaml", yaml)
                .put("comment", "by a test")
                .put("base", policyVersion());
        return admin.put("/api/v1/policy", body).get("version").asLong();
    }

    /** Gives a version that is for a part of the fleet, or for nobody, to all of it. */
    void promote(long version) throws IOException, InterruptedException {
        admin.post("/api/v1/policy/promote", ControlPlaneClient.object().put("version", version));
    }

    long policyVersion() throws IOException, InterruptedException {
        return admin.get("/api/v1/policy").get("version").asLong();
    }

    /** The ticket whose call touches {@code table}, once it waits. */
    JsonNode awaitTicket(String table) {
        return Awaitility.await("a ticket for " + table)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> find(
                                admin.get("/api/v1/approvals?state=waiting"),
                                t -> t.get("detail").asText().contains(table)),
                        t -> t != null);
    }

    void approve(JsonNode ticket, String reason) throws IOException, InterruptedException {
        decide(ticket, "approve", reason);
    }

    void refuse(JsonNode ticket, String reason) throws IOException, InterruptedException {
        decide(ticket, "refuse", reason);
    }

    private void decide(JsonNode ticket, String how, String reason) throws IOException, InterruptedException {
        decide(approver, ticket, how, reason);
    }

    /** Has somebody else approve or refuse. */
    static void decide(ControlPlaneClient person, JsonNode ticket, String how, String reason)
            throws IOException, InterruptedException {
        person.post(
                "/api/v1/approvals/" + ticket.get("id").asText() + "/" + how,
                ControlPlaneClient.object().put("reason", reason));
    }

    JsonNode ticket(JsonNode ticket) throws IOException, InterruptedException {
        return admin.get("/api/v1/approvals/" + ticket.get("id").asText());
    }

    void awaitState(JsonNode ticket, String state) {
        Awaitility.await("ticket " + state)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> ticket(ticket).get("state").asText(), state::equals);
    }

    /** The newest event that fits, once it has arrived. */
    JsonNode awaitEvent(String what, Predicate<JsonNode> fits) {
        return Awaitility.await(what)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> events().stream().filter(fits).findFirst().orElse(null), e -> e != null);
    }

    /** All events, newest first. */
    List<JsonNode> events() throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        String before = "";
        while (true) {
            JsonNode page = admin.get("/api/v1/events?limit=500" + before).get("events");
            if (page.isEmpty()) {
                return all;
            }
            page.forEach(all::add);
            before = "&before=" + page.get(page.size() - 1).get("id").asLong();
        }
    }

    static Predicate<JsonNode> event(String type, String summary, String inDetail) {
        return e -> e.path("type").asText().equals(type)
                && e.path("summary").asText().equals(summary)
                && e.path("detail").asText().contains(inDetail);
    }

    private static JsonNode find(JsonNode all, Predicate<JsonNode> fits) {
        for (JsonNode one : all) {
            if (fits.test(one)) {
                return one;
            }
        }
        return null;
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }
}
