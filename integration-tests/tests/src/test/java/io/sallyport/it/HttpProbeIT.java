package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A workload with the JDK's HTTP client under a control plane. Its service speaks plain text, which no policy here forbids, so nothing watches the wire:
 * TLS of this client is proved in the contract of the clients and, with the real jar, by {@link TlsSwitchesIT}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpProbeIT {

    private static final String POLICY = """
            version: 1
            mode: enforce
            targets:
              - {name: api, http: "http://127.0.0.1:*/**"}
              - {name: secure, http: "http://localhost:*/**"}
            tls:
              - {target: secure, level: verify-full, minVersion: TLSv1.2}
            mask:
              - name: contact
                body: [{target: api, key: email}]
                with: redact
            guard:
              - name: no-delete
                target: api
                when: {method: DELETE, path: "/keep/*"}
                then: deny
                message: "Nothing is deleted below /keep."
              - name: ask
                target: api
                when: {method: POST}
                then: approve
                approval: {anyOf: [dba], wait: 10m, timeout: 15m}
            """;
    private static final String USERS = "[{\"id\":1,\"name\":\"Ada\",\"email\":\"ada@example.com\"}]";

    private final List<String> served = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Plane plane;
    private Console workload;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
        server.createContext("/", exchange -> {
            served.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = USERS.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        plane = Plane.start(directory, POLICY);
        workload = Console.start(plane.governing(Console.http(), "spool"));
    }

    @AfterAll
    void stop() throws Exception {
        if (workload != null) {
            workload.close();
        }
        if (plane != null) {
            plane.close();
        }
        server.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static void expectMasked(List<String> said) {
        assertThat(said)
                .filteredOn(l -> !l.equals("returned"))
                .singleElement()
                .asString()
                .startsWith("answer 200 [{")
                .contains("\"name\":\"Ada\"", "\"email\":")
                .doesNotContain("example.com");
    }

    @Test
    void anAnswerIsMaskedForSendAndSendAsync() throws Exception {
        expectMasked(workload.ask("send", "GET " + url("/users")));
        expectMasked(workload.ask("async", "GET " + url("/users")));
        assertThat(plane.events().toString()).doesNotContain("ada@example.com");
    }

    @Test
    void aRefusedCallFailsWithIoExceptionAndIsNeverSent() throws Exception {
        assertThat(workload.ask("send", "DELETE " + url("/keep/1")))
                .singleElement()
                .asString()
                .startsWith("failed java.io.IOException ")
                .contains("Nothing is deleted below /keep.", "no-delete", "incident ");
        assertThat(served).doesNotContain("DELETE /keep/1");
        JsonNode denied =
                plane.awaitEvent("the refusal", e -> e.path("summary").asText().equals("DELETE /keep/1"));
        assertThat(denied.path("verdict").asText()).isEqualTo("deny");
        assertThat(denied.path("callSite").asText()).startsWith("io.example.probe.HttpConsole.");
        assertThat(denied.path("session").asText()).isNotBlank();
    }

    @Test
    void aRefusedAsyncCallFailsThroughItsFuture() throws Exception {
        List<String> said = workload.ask("async", "DELETE " + url("/keep/2"));
        assertThat(said).hasSize(2).contains("returned");
        assertThat(said)
                .filteredOn(l -> l.startsWith("failed "))
                .singleElement()
                .asString()
                .contains("IOException", "no-delete");
        assertThat(served).doesNotContain("DELETE /keep/2");
    }

    @Test
    void aHeldCallIsSentOnceAfterItsApproval() throws Exception {
        String call = workload.begin("start", "POST " + url("/held/send"));
        JsonNode ticket = plane.awaitTicket("/held/send");
        assertThat(served).doesNotContain("POST /held/send");
        assertThat(workload.said(call)).isEmpty();
        plane.approve(ticket, "fine");
        expectMasked(workload.answer(call));
        assertThat(served).containsOnlyOnce("POST /held/send");
    }

    @Test
    void aHeldAsyncCallReturnsAtOnceAndIsSentOnceAfterItsApproval() throws Exception {
        String call = workload.begin("async", "POST " + url("/held/async"));
        JsonNode ticket = plane.awaitTicket("/held/async");
        assertThat(workload.ask("send", "GET " + url("/meanwhile")))
                .as("the thread that asked goes on")
                .hasSize(1);
        assertThat(workload.said(call)).containsExactly("returned");
        assertThat(served).doesNotContain("POST /held/async");
        plane.approve(ticket, "fine");
        expectMasked(workload.answer(call));
        assertThat(served).containsOnlyOnce("POST /held/async");
    }

    @Test
    void aHeldAsyncCallThatIsRefusedFailsThroughItsFuture() throws Exception {
        String call = workload.begin("async", "POST " + url("/held/refused"));
        plane.refuse(plane.awaitTicket("/held/refused"), "not this one");
        assertThat(workload.answer(call)).last().asString().contains("IOException", "not this one");
        assertThat(served).doesNotContain("POST /held/refused");
    }

    @Test
    void cancellingAHeldFutureWithdrawsItsTicket() throws Exception {
        String call = workload.begin("async", "POST " + url("/held/cancelled"));
        JsonNode ticket = plane.awaitTicket("/held/cancelled");
        assertThat(workload.ask("cancel", call)).containsExactly("cancelled true");
        plane.awaitState(ticket, "withdrawn");
        assertThat(served).doesNotContain("POST /held/cancelled");
    }

    @Test
    void plainHttpIsRefusedWhereThePolicyDemandsTls() throws Exception {
        String plain = "http://localhost:" + server.getAddress().getPort() + "/plain";
        assertThat(workload.ask("send", "GET " + plain))
                .singleElement()
                .asString()
                .startsWith("failed java.io.IOException ")
                .contains("rule tls");
        assertThat(workload.ask("async", "GET " + plain)).last().asString().contains("rule tls");
        assertThat(served).doesNotContain("GET /plain");
    }
}
