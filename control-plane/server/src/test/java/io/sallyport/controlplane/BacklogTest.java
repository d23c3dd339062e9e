package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.ServerMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A fleet that comes back with more than there is room for: nothing of it is lost, stored twice or out of order, whatever has to be asked for again. */
class BacklogTest {

    private static final int AGENTS = 8;
    private static final int FRAMES = 12;

    /** Together twice the room of the intake. */
    private static final int LONG = 700_000;

    @Test
    void everythingIsStoredOnceThoughMuchHasToBeAskedForAgain() throws Exception {
        try (Running server = Running.on(Store.EMBEDDED)) {
            List<TestAgent> agents = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                agents.add(server.connectedAgent("back-" + i));
            }
            ExecutorService threads = Executors.newFixedThreadPool(AGENTS);
            try {
                List<Future<?>> uploads = new ArrayList<>();
                agents.forEach(agent -> uploads.add(threads.submit(() -> upload(agent))));
                for (Future<?> upload : uploads) {
                    upload.get(5, TimeUnit.MINUTES);
                }
            } finally {
                threads.shutdownNow();
            }
            for (TestAgent agent : agents) {
                JsonNode recordings = server.admin()
                        .get("/api/v1/workloads/" + agent.id() + "/recordings")
                        .expect(200);
                assertThat(recordings).hasSize(1);
                assertThat(recordings.get(0).path("events").asInt()).isEqualTo(FRAMES);
                assertThat(recordings.get(0).path("last").asInt()).isEqualTo(FRAMES);
                assertThat(recordings.get(0).path("problem").asText("")).isIn("", "null");
            }
        }
    }

    /** All at once, as far as its window goes, and again from wherever it is asked. */
    private static void upload(TestAgent agent) {
        for (int number = 1; number <= FRAMES; number++) {
            send(agent, number);
        }
        long confirmed = 0;
        while (confirmed < FRAMES) {
            ServerMessage message = agent.next(ServerMessage.class);
            if (message instanceof ServerMessage.EventsAck ack) {
                confirmed = ack.upTo();
            } else if (message instanceof ServerMessage.EventsAgain again) {
                for (long number = again.from(); number <= FRAMES; number++) {
                    send(agent, number);
                }
            }
        }
    }

    private static void send(TestAgent agent, long number) {
        Event event = Event.builder(Instant.EPOCH.plusSeconds(number), Event.Type.DECISION)
                .session("session-1")
                .call("c-" + number)
                .target("jdbc:postgresql://db/orders")
                .summary("select")
                .detail(number + " " + "x".repeat(LONG))
                .verdict("allow")
                .build();
        agent.send(new AgentMessage.Events("spool", List.of(new AgentMessage.Numbered(number, event))));
    }
}
