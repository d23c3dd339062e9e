package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.Jars;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent joins a process whose HTTP client was started before: the connections that it opens from then on are its own. */
class AttachHttpIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final String POLICY = """
            version: 1
            mode: enforce
            targets:
              - {name: api, http: "http://localhost:%1$d/**"}
            guard:
              - {name: no-delete, target: api, when: {method: DELETE}, then: deny}
            """;

    @TempDir
    Path directory;

    @Test
    void anAsynchronousClientOfApacheThatWasStartedBeforeConnectsAndIsDecided() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
            // So that each call needs a connection of its own.
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY.formatted(port));
        try (ChildJvm jvm = ChildJvm.builder()
                .classPath(Probe.classPath())
                .run("io.example.probe.AttachHttpProbe", "http://localhost:" + port + "/")
                .start()) {
            jvm.awaitLine("ready", LIMIT);
            try (ChildJvm cli = ChildJvm.builder()
                    .jvm("-jar", Jars.agent().toString())
                    .run(
                            "attach",
                            String.valueOf(jvm.pid()),
                            "--options",
                            "policy=" + policy + ",spool=" + directory.resolve("spool"))
                    .start()) {
                assertThat(cli.exitCode(LIMIT)).as(cli.output()).isZero();
            }
            jvm.send("");
            assertThat(jvm.exitCode(LIMIT)).as(jvm.output()).isZero();
            assertThat(jvm.output())
                    .contains("before: 200 hello")
                    .contains("\nget: 200 hello")
                    .contains("\ndelete: java.io.IOException: Refused by Sallyport")
                    .contains("no-delete");
        } finally {
            server.stop(0);
        }
    }
}
