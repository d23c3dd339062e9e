package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session of HTTP is the requests to one service; it closes when none came for the idle limit. */
class HttpSessionsIT {

    private static final String POLICY = "version: 1\nmode: enforce\n";

    @TempDir
    private Path directory;

    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static JsonNode decision(Plane plane, String summary) {
        return plane.awaitEvent(
                summary,
                e -> e.path("type").asText().equals("DECISION")
                        && e.path("summary").asText().equals(summary));
    }

    @Test
    void aSessionClosesWhenNothingWasAskedForTheLimitAndTheNextRequestOpensAnother() throws Exception {
        try (Plane plane = Plane.start(directory, POLICY);
                Console workload = Console.start(plane.governing(Console.http(), "spool", "http-session-idle=1s"))) {
            workload.ask("send", "GET " + url("/first"));
            String first = decision(plane, "GET /first").path("session").asText();

            JsonNode closed = plane.awaitEvent(
                    "the end of the first session",
                    e -> e.path("type").asText().equals("CLOSE")
                            && e.path("session").asText().equals(first));
            assertThat(closed.path("target").asText()).isEqualTo(url(""));

            workload.ask("send", "GET " + url("/second"));
            assertThat(decision(plane, "GET /second").path("session").asText()).isNotEqualTo(first);
        }
    }

    @Test
    void requestsToOneServiceAreOneSession() throws Exception {
        try (Plane plane = Plane.start(directory, POLICY);
                Console workload = Console.start(plane.governing(Console.http(), "spool"))) {
            workload.ask("send", "GET " + url("/first"));
            workload.ask("async", "GET " + url("/second"));
            assertThat(decision(plane, "GET /second").path("session"))
                    .isEqualTo(decision(plane, "GET /first").path("session"));
        }
    }
}
