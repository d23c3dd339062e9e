package io.sallyport.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.testing.ControlPlaneClient;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;

/** Looks through the control plane's events. */
final class Events {

    private Events() {}

    /** The newest events, once the result of a call with that summary is among them: a workload's last events come with a delay. */
    static JsonNode awaitResultOf(ControlPlaneClient client, String summary, Duration limit)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            JsonNode events = client.get("/api/v1/events?limit=200").get("events");
            boolean there = any(
                    events,
                    e -> e.path("type").asText().equals("RESULT")
                            && e.path("summary").asText().equals(summary));
            if (there || System.nanoTime() > end) {
                return events;
            }
            Thread.sleep(100);
        }
    }

    static boolean any(JsonNode events, Predicate<JsonNode> test) {
        for (JsonNode e : events) {
            if (test.test(e)) {
                return true;
            }
        }
        return false;
    }

    static String first(JsonNode events, String type, String member) {
        for (JsonNode e : events) {
            if (e.path("type").asText().equals(type)) {
                return e.path(member).asText("");
            }
        }
        return "no such event";
    }
}
