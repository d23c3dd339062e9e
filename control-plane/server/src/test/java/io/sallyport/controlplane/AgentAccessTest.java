package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.sallyport.controlplane.web.Endpoint;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.EnrollResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What a workload's credential and certificate open: the agents' own endpoints and nothing of anybody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentAccessTest {

    private Running server;
    private EnrollResponse orders;
    private HttpClient certificate;
    private HttpClient certificateOfAnother;
    private Ticket ticket;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED);
        TestKey key = new TestKey();
        orders = server.enroll(server.joinToken("orders"), "orders", "i-1", key);
        TestAgent agent = new TestAgent(server, orders, key);
        agent.connect();
        agent.hello("spool-1");
        ticket = agent.submit(TestAgent.ticket());
        certificate = presenting(key, orders);
        TestKey otherKey = new TestKey();
        EnrollResponse other = server.enroll(server.joinToken("billing"), "billing", "i-2", otherKey);
        certificateOfAnother = presenting(otherKey, other);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private HttpClient presenting(TestKey key, EnrollResponse enrolled) {
        return HttpClient.newBuilder()
                .sslContext(key.context(server.data().resolve("ca.pem"), enrolled.certificate()))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private int status(HttpClient client, String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(
                        method,
                        method.equals("GET") || method.equals("DELETE")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString("{}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @TestFactory
    List<DynamicTest> noRouteOfPeopleOpensToAWorkload() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Endpoint route : server.controlPlane().endpoints()) {
            if (route.role() == null) {
                continue;
            }
            String method = route.method().name();
            // Its own ticket, which it must not approve, and itself.
            String path = route.path()
                    .replace("/approvals/{id}", "/approvals/" + ticket.id())
                    .replace("/workloads/{id}", "/workloads/" + orders.workloadId())
                    .replace("{n}", "1")
                    .replaceAll("\\{[a-z]+}", "1");
            tests.add(dynamicTest(method + " " + route.path() + " with its credential and certificate", () -> {
                assertThat(status(certificate, method, path, "Authorization", "Bearer " + orders.credential()))
                        .isEqualTo(401);
                assertThat(status(certificate, method, path)).isEqualTo(401);
                assertThat(status(
                                certificate, method, path, "Cookie", "__Host-sallyport_session=" + orders.credential()))
                        .isEqualTo(401);
            }));
            tests.add(dynamicTest(
                    method + " " + route.path() + " with the certificate of another workload",
                    () -> assertThat(status(
                                    certificateOfAnother,
                                    method,
                                    path,
                                    "Authorization",
                                    "Bearer " + orders.credential()))
                            .isEqualTo(401)));
        }
        assertThat(tests).hasSizeGreaterThan(70);
        return tests;
    }

    @Test
    void aCredentialOpensItsChannelOnlyWithItsOwnCertificate() {
        TestKey stolen = new TestKey();
        EnrollResponse thief = server.enroll(server.joinToken("thief"), "thief", "i-3", stolen);
        TestAgent pretending = new TestAgent(
                server,
                new EnrollResponse(
                        orders.workloadId(),
                        orders.credential(),
                        orders.policyKey(),
                        thief.certificate(),
                        orders.expires()),
                stolen);
        org.assertj.core.api.Assertions.assertThatThrownBy(pretending::connect)
                .hasRootCauseMessage("Unexpected HTTP response status code 401");
    }

    @Test
    void whatAWorkloadSaysOfTheTicketsAndSessionsOfAnotherChangesNothing() {
        TestAgent billing = server.connectedAgent("billing-2");
        billing.send(new AgentMessage.ApprovalWithdrawn(ticket.id(), "mine"));
        billing.send(new AgentMessage.ApprovalUpdate(ticket.id(), 99));
        billing.events("spool-1", 1, 2);
        billing.next(io.sallyport.protocol.ServerMessage.EventsAck.class);
        assertThat(server.admin()
                        .get("/api/v1/approvals/" + ticket.id())
                        .expect(200)
                        .path("state")
                        .asText())
                .isEqualTo("waiting");
        // The same name of a spool and a session is another one's for another workload.
        assertThat(server.admin()
                        .get("/api/v1/events?workload=" + orders.workloadId())
                        .expect(200)
                        .path("events"))
                .isEmpty();
        assertThat(server.admin()
                        .post("/api/v1/workloads/nobody/revoke", Map.of())
                        .status())
                .isEqualTo(404);
    }
}
