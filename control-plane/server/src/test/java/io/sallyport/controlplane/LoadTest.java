package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.protocol.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many agents upload at once. Small in an ordinary build; {@code -Psoak} makes it long and prints the rate. */
class LoadTest {

    private static final boolean SOAK = Boolean.getBoolean("sallyport.soak");
    private static final int AGENTS = SOAK ? 50 : 8;
    private static final int BATCHES = SOAK ? 60 : 5;
    private static final int BATCH = 100;

    @ParameterizedTest
    @EnumSource(Store.class)
    void everyEventOfManyAgentsIsStoredOnce(Store store) throws Exception {
        try (Running server = Running.on(store)) {
            List<TestAgent> agents = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                agents.add(server.connectedAgent("load-" + i));
            }
            ExecutorService threads = Executors.newFixedThreadPool(AGENTS);
            long before = System.nanoTime();
            try {
                List<Future<?>> uploads = new ArrayList<>();
                for (TestAgent agent : agents) {
                    uploads.add(threads.submit(() -> {
                        for (int batch = 0; batch < BATCHES; batch++) {
                            agent.events("s", (long) batch * BATCH + 1, BATCH);
                            assertThat(agent.next(ServerMessage.EventsAck.class).upTo())
                                    .isEqualTo((long) (batch + 1) * BATCH);
                        }
                    }));
                }
                for (Future<?> upload : uploads) {
                    upload.get(5, TimeUnit.MINUTES);
                }
            } finally {
                threads.shutdownNow();
            }
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            long total = (long) AGENTS * BATCHES * BATCH;
            JsonNode overview = server.admin().get("/api/v1/overview").expect(200);
            assertThat(overview.path("totals").path("allow").asLong()).isEqualTo(total);
            long asked = System.nanoTime();
            assertThat(server.admin()
                            .get("/api/v1/events?limit=100")
                            .expect(200)
                            .path("events"))
                    .hasSize(100);
            if (SOAK) {
                System.out.printf(
                        "%s: %d events in %d ms, %d/s; newest 100 in %d ms%n",
                        store,
                        total,
                        took.toMillis(),
                        total * 1000 / took.toMillis(),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked));
            }
        }
    }
}
