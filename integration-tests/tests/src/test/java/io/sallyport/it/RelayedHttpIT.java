package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.RecordingProxy;
import io.sallyport.testing.RelayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A web service that speaks no TLS, behind an enrolled relay, and clients whose URLs know nothing of it. Two recording proxies stand on the
 * wire: one where the URL leads, one before the relay.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayedHttpIT {

    private static final List<String> BY_CHANNEL =
            List.of("jdk", "apache 5 async", "reactor netty", "jetty", "async http client", "vertx");
    private static final List<String> BY_SOCKET =
            List.of("urlconnection", "okhttp", "apache5", "apache5-minimal", "apache4", "apache4-minimal");

    private static final String EMAIL = "ada@example.com";

    @TempDir
    private static Path directory;

    private final List<String> served = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @AutoClose
    private Plane plane;

    @AutoClose
    private RelayProcess relay;

    private RecordingProxy place;
    private RecordingProxy wire;

    @BeforeAll
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            served.add(exchange.getRequestURI().getPath());
            byte[] body = ("{\"name\":\"Ada\",\"email\":\"" + EMAIL + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/users");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        plane = Plane.start(directory, "version: 1\nmode: enforce\n");
        relay = RelayProcess.start(plane.server(), directory.resolve("relay"), port());
    }

    @BeforeEach
    void wire() throws Exception {
        served.clear();
        place = RecordingProxy.to(port());
        wire = RecordingProxy.to(relay.port());
    }

    @AfterEach
    void cut() throws IOException {
        place.close();
        wire.close();
    }

    @AfterAll
    void stop() {
        server.stop(0);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private String url(String path) {
        return "http://localhost:" + place.port() + path;
    }

    private void behindRelay(String more) throws Exception {
        plane.push("""
                version: 1
                mode: enforce
                targets: [{name: legacy, http: "http://localhost:%d/**"}]
                tls: [{target: legacy, level: verify-full, minVersion: TLSv1.3, relay: "localhost:%d"}]
                """.formatted(place.port(), wire.port()) + more);
    }

    private Console console(String spool) throws Exception {
        return Console.start(governing("io.example.probe.RelayedClients", spool));
    }

    /** How long a busy machine needs for the first policy is not what is tested. */
    private ChildJvm.Builder governing(String main, String spool, String... arguments) {
        List<String> command = new ArrayList<>(List.of(main));
        command.addAll(List.of(arguments));
        return plane.governing(
                ChildJvm.builder().classPath(Probe.classPath()).run(command.toArray(String[]::new)),
                spool,
                "cold-start-wait=300s");
    }

    private static String ask(Console console, String client, String rest) throws Exception {
        List<String> said = console.ask(client, rest);
        assertThat(said).as(console.jvm().output()).hasSize(1);
        return said.get(0);
    }

    private void nothingWasToBeRead() {
        for (String secret : List.of(EMAIL, "Ada", "/users", "GET ", "HTTP/1.1")) {
            assertThat(wire.hasCarried(secret)).as(secret).isFalse();
        }
    }

    @Test
    void eachClientOverASocketIsLedThereAndEachOverAChannelIsRefusedBeforeAnythingIsSent() throws Exception {
        behindRelay("mask: [{name: contact, body: [{target: legacy, key: email}], with: redact}]\n");
        try (ChildJvm jvm = governing("io.example.probe.HttpClients", "spool-clients", url("/users"))
                .start()) {
            assertThat(jvm.exitCode(Duration.ofMinutes(5))).as(jvm.output()).isZero();

            for (String client : List.of("urlconnection", "okhttp", "apache 5", "apache 4")) {
                assertThat(answer(jvm, client))
                        .startsWith("answer ")
                        .contains("Ada")
                        .doesNotContain(EMAIL);
            }
            for (String client : BY_CHANNEL) {
                assertThat(answer(jvm, client))
                        .startsWith("failed ")
                        .contains("Refused by Sallyport", "the relay localhost:" + wire.port(), "java.net.Socket");
            }
        }
        assertThat(served).hasSize(4).containsOnly("/users");
        assertThat(place.connections()).isZero();
        assertThat(wire.connections()).isEqualTo(4);
        nothingWasToBeRead();
        plane.awaitEvent(
                "the TLS of the relay at the call",
                e -> e.path("type").asText().equals("RESULT")
                        && e.path("tls").asText().matches("TLSv1\\.3 \\S+ via relay localhost:" + wire.port()));
        plane.awaitEvent(
                "the connection's own event",
                e -> e.path("type").asText().equals("OPEN")
                        && e.path("tls").asText().matches("TLSv1\\.3 \\S+ via relay localhost:" + wire.port()));
    }

    private static String answer(ChildJvm jvm, String client) {
        String call = client + " /users: ";
        return jvm.lines().stream()
                .filter(l -> l.startsWith(call))
                .map(l -> l.substring(call.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(call + "in\n" + jvm.output()));
    }

    @Test
    void connectionsAreKeptRedirectsAreFollowedAndAProxyGetsNothing() throws Exception {
        behindRelay("");
        try (RecordingProxy proxy = RecordingProxy.to(port());
                Console console = console("spool-kept")) {
            for (String client : BY_SOCKET) {
                int before = wire.connections();
                for (int i = 0; i < 3; i++) {
                    assertThat(ask(console, client, url("/users"))).startsWith("answer {");
                }
                assertThat(wire.connections() - before).as(client).isEqualTo(1);
                // A minimal client hands out the redirect itself.
                if (!client.endsWith("minimal")) {
                    assertThat(ask(console, client, url("/moved"))).startsWith("answer {");
                    assertThat(ask(console, client, url("/users") + " " + proxy.port()))
                            .startsWith("failed ")
                            .contains("leads to a proxy");
                }
            }
            assertThat(proxy.bytesSent()).isZero();
        }
        assertThat(place.connections()).isZero();
        nothingWasToBeRead();
    }

    @Test
    void whatWasOpenBeforeThePolicyNamedTheRelayCarriesNothingAnyMore() throws Exception {
        plane.push("version: 1\nmode: enforce\n");
        try (RecordingProxy proxy = RecordingProxy.to(port());
                Console console = console("spool-before")) {
            for (String client : BY_SOCKET) {
                assertThat(ask(console, client, url("/before"))).startsWith("answer {");
            }
            behindRelay("");
            Awaitility.await("the policy at the workload")
                    .atMost(Plane.LIMIT)
                    .until(() -> ask(console, "okhttp", url("/before") + " " + proxy.port())
                            .contains("leads to a proxy"));
            int bytes = place.bytesSent();
            for (String client : BY_SOCKET) {
                String said = ask(console, client, url("/after"));
                // Unless the server has closed it meanwhile.
                if (!said.startsWith("answer {")) {
                    assertThat(said).as(client).contains("was open before the policy named the relay");
                    assertThat(ask(console, client, url("/after"))).as(client).startsWith("answer {");
                }
            }
            assertThat(place.bytesSent()).isEqualTo(bytes);
            assertThat(place.hasSeen("/after")).isFalse();
        }
        nothingWasToBeRead();
    }
}
