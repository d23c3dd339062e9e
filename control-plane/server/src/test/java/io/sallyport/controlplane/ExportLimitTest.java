package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.protocol.Wire;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Exports that their receivers do not take: each keeps a thread, perhaps a connection to the store, for as long as it lasts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportLimitTest {

    /** More than the sockets of both sides keep between them. */
    private static final int FRAMES = 16;

    private Running server;
    private String path;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED);
        LongStatements.record(server, Instant.now(), FRAMES);
        JsonNode session = server.admin()
                .get("/api/v1/sessions")
                .expect(200)
                .path("sessions")
                .get(0);
        path = "/api/v1/sessions/" + session.path("id").asText() + "/export?format=jsonl";
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private CompletableFuture<HttpResponse<InputStream>> begin(Api person) {
        return person.client().sendAsync(person.request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    @Test
    void fourOfOnePersonAreUnderWayAndAFurtherOneIsRefusedWhileSearchesAndOtherPersonsExportsGoOn() throws Exception {
        Api hoarder = server.person("hoarder", List.of("viewer"), List.of());
        List<HttpResponse<InputStream>> untouched = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            untouched.add(begin(hoarder).get(60, TimeUnit.SECONDS));
        }
        assertThat(untouched).extracting(HttpResponse::statusCode).containsOnly(200);

        // Two of them wait for a place, whichever come first; the last is refused meanwhile.
        List<CompletableFuture<HttpResponse<InputStream>>> three =
                List.of(begin(hoarder), begin(hoarder), begin(hoarder));
        HttpResponse<?> refused = (HttpResponse<?>) CompletableFuture.anyOf(three.get(0), three.get(1), three.get(2))
                .get(60, TimeUnit.SECONDS);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        try (InputStream body = (InputStream) refused.body()) {
            assertThat(Wire.json().readTree(body).path("error").asText()).contains("under way already");
        }
        assertThat(server.admin().get("/api/v1/events?q=select").status()).isEqualTo(200);
        assertThat(hoarder.get("/api/v1/events?q=select").status()).isEqualTo(200);
        HttpResponse<InputStream> others =
                begin(server.person("auditor", List.of("viewer"), List.of())).get(60, TimeUnit.SECONDS);
        assertThat(others.statusCode()).isEqualTo(200);
        try (InputStream body = others.body()) {
            assertThat(body.readAllBytes().length).isGreaterThan(FRAMES * LongStatements.CHARACTERS);
        }

        for (HttpResponse<InputStream> one : untouched) {
            one.body().close();
        }
        for (CompletableFuture<HttpResponse<InputStream>> one : three) {
            one.get(60, TimeUnit.SECONDS).body().close();
        }
        // The control plane finds out that nobody reads any more when it writes the next time.
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> {
            try (InputStream whole = begin(hoarder).get(60, TimeUnit.SECONDS).body()) {
                return whole.readAllBytes().length > FRAMES * LongStatements.CHARACTERS;
            }
        });
    }
}
