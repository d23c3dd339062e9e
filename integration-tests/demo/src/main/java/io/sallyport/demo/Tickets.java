package io.sallyport.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.testing.ControlPlaneClient;
import java.io.IOException;
import java.time.Duration;

/** Finds approvals at the control plane. */
final class Tickets {

    private Tickets() {}

    /** The newest ticket that waits for a decision. */
    static JsonNode awaitWaiting(ControlPlaneClient client, Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            JsonNode waiting = client.get("/api/v1/approvals?state=waiting");
            if (!waiting.isEmpty()) {
                return waiting.get(0);
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no approval was asked for within " + limit);
    }

    /** The state of a ticket once it waits no more. */
    static String awaitDecided(ControlPlaneClient client, String id, Duration limit)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            String state = client.get("/api/v1/approvals/" + id).get("state").asText();
            if (!state.equals("waiting") || System.nanoTime() > end) {
                return state;
            }
            Thread.sleep(200);
        }
    }
}
