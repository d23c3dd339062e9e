package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session of HTTP is the requests to one service; it closes when none came, and none was under way, for the idle limit. In plain text and over no
 * watched wire: what is looked at is the record.
 */
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

            assertThat(closed(plane, first).path("target").asText()).isEqualTo(url(""));

            workload.ask("send", "GET " + url("/second"));
            assertThat(decision(plane, "GET /second").path("session").asText()).isNotEqualTo(first);
        }
    }

    @Test
    void aSessionWhoseCallIsUnderWayIsNotIdle() throws Exception {
        CountDownLatch answering = new CountDownLatch(1);
        server.createContext("/slow", exchange -> {
            try {
                answering.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.start();
        try (Plane plane = Plane.start(directory, POLICY);
                Console workload = Console.start(plane.governing(Console.http(), "spool", "http-session-idle=2s"))) {
            // The first request of a process loads what the others have: its session could be over before it is
            // decided.
            workload.ask("send", "GET " + url("/first"));
            workload.begin("start", "GET " + url("/slow"));
            String slow = decision(plane, "GET /slow").path("session").asText();
            workload.ask("send", "GET http://127.0.0.1:" + other.getAddress().getPort() + "/later");
            String later = decision(plane, "GET /later").path("session").asText();
            closed(plane, later);

            answering.countDown();
            JsonNode result = plane.awaitEvent(
                    "the answer",
                    e -> e.path("type").asText().equals("RESULT")
                            && e.path("session").asText().equals(slow));
            assertThat(closed(plane, slow).path("sequence").asLong())
                    .as("the close stands behind the answer")
                    .isGreaterThan(result.path("sequence").asLong());
        } finally {
            answering.countDown();
            other.stop(0);
        }
    }

    private static JsonNode closed(Plane plane, String session) {
        return plane.awaitEvent(
                "the end of " + session,
                e -> e.path("type").asText().equals("CLOSE")
                        && e.path("session").asText().equals(session));
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
