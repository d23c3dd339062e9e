package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.testing.ChildJvm;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every HTTP client under the packaged agent: relocation renames packages in it, which the module's own tests do not see. The target has a port,
 * so that what connects to it is judged at the socket as well. It is asked in plain text, over no watched wire: what TLS does with each client is
 * the contract's business, which has one.
 */
class HttpClientsIT {

    private static final List<String> CLIENTS = List.of(
            "jdk",
            "urlconnection",
            "okhttp",
            "apache 5",
            "apache 5 async",
            "apache 4",
            "reactor netty",
            "jetty",
            "async http client",
            "vertx");

    @TempDir
    Path directory;

    @Test
    void eachMasksItsAnswersAndRefusesWhatIsDenied() throws Exception {
        List<String> served = new CopyOnWriteArrayList<>();
        HttpServer server = serve(served);
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        Path policy = Files.writeString(directory.resolve("policy.yaml"), """
                version: 1
                mode: enforce
                targets: [{name: api, http: "http://127.0.0.1:%d/**"}]
                mask: [{name: contact, body: [{target: api, key: email}], with: redact}]
                guard: [{name: closed, target: api, when: {path: "/denied"}, then: deny, message: "Not this one."}]
                """.formatted(
                        server.getAddress().getPort()));
        try (ChildJvm jvm = Probe.sql(directory.resolve("spool"))
                .agent("policy=" + policy)
                .run("io.example.probe.HttpClients", base + "/users", base + "/denied")
                .start()) {
            assertThat(jvm.exitCode(Duration.ofSeconds(120))).as(jvm.output()).isZero();

            assertThat(CLIENTS).allSatisfy(client -> {
                assertThat(answer(jvm, client + " /users: "))
                        .startsWith("answer ")
                        .contains("Ada")
                        .doesNotContain("ada@example.com");
                assertThat(answer(jvm, client + " /denied: "))
                        .startsWith("failed ")
                        .contains("Not this one.", "closed");
            });
        } finally {
            server.stop(0);
        }
        assertThat(served).hasSize(CLIENTS.size()).containsOnly("/users");
    }

    /** The JDK writes what {@code HttpURLConnection} reads to a file, if it is told to, as it came. */
    @Test
    void whatTheJdkCapturesIsNoAnswerThatARuleMasks() throws Exception {
        HttpServer server = serve(new CopyOnWriteArrayList<>());
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        Path captured = directory.resolve("captured%d.txt");
        Path rules = Files.writeString(directory.resolve("rules"), ".*," + captured + "\n");
        Path policy = Files.writeString(directory.resolve("policy.yaml"), """
                version: 1
                mode: enforce
                targets: [{name: api, http: "http://127.0.0.1:%d/users"}]
                mask: [{name: contact, body: [{target: api, key: email}], with: redact}]
                """.formatted(
                        server.getAddress().getPort()));
        try (ChildJvm jvm = Probe.sql(directory.resolve("spool"))
                .jvm("-Dsun.net.http.captureRules=" + rules)
                .agent("policy=" + policy)
                .run("io.example.probe.HttpClients", base + "/open", base + "/users")
                .start()) {
            assertThat(jvm.exitCode(Duration.ofSeconds(120))).as(jvm.output()).isZero();
            assertThat(answer(jvm, "urlconnection /users: "))
                    .startsWith("answer ")
                    .doesNotContain("ada@example.com");
        } finally {
            server.stop(0);
        }
        StringBuilder all = new StringBuilder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "captured*")) {
            for (Path file : files) {
                all.append(Files.readString(file));
            }
        }
        assertThat(all.toString().split("ada@example.com", -1))
                .as("the one of /open")
                .hasSize(2);
    }

    private static String answer(ChildJvm jvm, String call) {
        return jvm.lines().stream()
                .filter(l -> l.startsWith(call))
                .map(l -> l.substring(call.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(call + "in\n" + jvm.output()));
    }

    private static HttpServer serve(List<String> served) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
        server.createContext("/", exchange -> {
            served.add(exchange.getRequestURI().getPath());
            byte[] body = "{\"name\":\"Ada\",\"email\":\"ada@example.com\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
