package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.ServerMessage;
import io.sallyport.protocol.Wire;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leaves the control plane when a ticket waits and when it ends. */
class NotificationsTest {

    private record Got(String path, String signature, String body) {

        JsonNode json() throws Exception {
            return Wire.json().readTree(body);
        }
    }

    private final BlockingQueue<Got> webhook = new LinkedBlockingQueue<>();
    private final BlockingQueue<Got> slack = new LinkedBlockingQueue<>();
    private volatile int failures;
    private HttpServer receiver;
    private String yaml;

    @BeforeEach
    void listen() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            Got got = new Got(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("X-Sallyport-Signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            boolean fails = got.path().equals("/hook") && failures-- > 0;
            exchange.sendResponseHeaders(fails ? 503 : 200, -1);
            exchange.close();
            if (!fails) {
                (got.path().equals("/hook") ? webhook : slack).add(got);
            }
        });
        receiver.start();
        String base = "http://localhost:" + receiver.getAddress().getPort();
        Path secret = Files.writeString(Files.createTempFile("secret", ""), "hook-secret\n");
        Path address = Files.writeString(Files.createTempFile("slack", ""), base + "/slack\n");
        yaml = """
                url: https://cp.example.com
                notify:
                  - {name: pager, webhook: "%s/hook", secret: "file:%s"}
                  - {name: chat, slack: "file:%s"}
                """.formatted(base, secret, address);
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private static Got next(BlockingQueue<Got> from) throws InterruptedException {
        Got got = from.poll(20, TimeUnit.SECONDS);
        assertThat(got).as("a notification").isNotNull();
        return got;
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("hook-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A ticket whose summary tries to call everyone. */
    private static Ticket calling(Ticket t) {
        return t.toBuilder().summary("delete <!channel>").build();
    }

    @Test
    void aTicketThatWaitsAndItsEndAreToldToEveryReceiverOnce() throws Exception {
        try (Running one = Running.on(Store.POSTGRESQL, Clock.systemUTC(), Running.settings(yaml));
                Running other = one.replica()) {
            TestAgent agent = one.connectedAgent("shop");
            Ticket ticket = agent.submit(calling(TestAgent.ticket()));
            Got waiting = next(webhook);
            assertThat(waiting.json().path("type").asText()).isEqualTo("approval.waiting");
            assertThat(waiting.json().path("link").asText())
                    .isEqualTo("https://cp.example.com/#/approvals/" + ticket.id());
            assertThat(waiting.body()).doesNotContain("DELETE FROM payments");
            String seconds =
                    waiting.signature().substring(2, waiting.signature().indexOf(','));
            assertThat(waiting.signature()).isEqualTo("t=" + seconds + ",v1=" + hmac(seconds + "." + waiting.body()));
            assertThat(next(slack).json().path("text").asText())
                    .contains(
                            "Approval needed: `shop`: `delete &lt;!channel&gt;", "<https://cp.example.com/#/approvals/")
                    .doesNotContain("<!channel>");
            other.approver("alice")
                    .post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of())
                    .expect(200);
            agent.next(ServerMessage.ApprovalDecision.class);
            Got approved = next(webhook);
            assertThat(approved.json().path("type").asText()).isEqualTo("approval.approved");
            assertThat(approved.json().path("by").get(0).asText()).isEqualTo("alice");
            assertThat(next(slack).json().path("text").asText()).contains("Approval approved", "(`alice`)");
            // Another ticket's news come behind anything that would have been sent twice.
            Ticket last = agent.submit(TestAgent.ticket());
            assertThat(next(webhook).json().path("id").asText()).isEqualTo(last.id());
        }
    }

    @Test
    void aReceiverThatFailsIsTriedAgain() throws Exception {
        failures = 1;
        try (Running server = Running.on(Store.EMBEDDED, Clock.systemUTC(), Running.settings(yaml))) {
            Ticket ticket = server.connectedAgent("shop").submit(TestAgent.ticket());
            assertThat(next(webhook).json().path("id").asText()).isEqualTo(ticket.id());
        }
    }

    @Test
    void aReceiverWithoutASecretOrAnAddressKeepsItFromStarting() {
        for (String wrong : new String[] {
            "notify: [{name: a, webhook: 'https://x'}]",
            "notify: [{name: a}]",
            "notify: [{name: a, webhook: 'http://other.example.com', secret: 'env:PATH'}]",
            "notify: [{name: a, slack: 'https://hooks.example.com/T0/secret'}]"
        }) {
            assertThatThrownBy(() -> Running.on(Store.EMBEDDED, Clock.systemUTC(), Running.settings(wrong)))
                    .isInstanceOf(StartFailure.class)
                    .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("T0/secret"));
        }
    }
}
