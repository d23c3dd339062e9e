package io.sallyport.controlplane.siem;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lots of one round. One that the receiver rejects is halved down to the events that it does not take even alone. Those are given up only when
 * it took another before in the same round: a receiver that rejects whatever it gets is set up wrongly, and nothing may be lost to that.
 * Not thread-safe.
 */
final class Lots {

    /** Rejected alone before anything was taken; beyond this the round ends. */
    private static final int MOST_REJECTED = 1_000;

    private final Attempt attempt;
    /** Before anything was taken. */
    private final Map<Long, String> doubtful = new TreeMap<>();

    private final Map<Long, String> givenUp = new TreeMap<>();
    private boolean took;

    /** Sends events; what it returns from was taken. */
    interface Attempt {
        void send(List<Long> ids) throws IOException;
    }

    Lots(Attempt attempt) {
        this.attempt = attempt;
    }

    void send(List<Long> ids) throws IOException {
        try {
            attempt.send(ids);
            took = true;
        } catch (Rejected e) {
            if (ids.size() > 1) {
                int half = ids.size() / 2;
                send(ids.subList(0, half));
                send(ids.subList(half, ids.size()));
                return;
            }
            (took ? givenUp : doubtful).put(ids.get(0), String.valueOf(e.getMessage()));
            if (doubtful.size() >= MOST_REJECTED) {
                end();
            }
        }
    }

    /** Events that are given up since this was asked last, with what the receiver said. */
    Map<Long, String> givenUp() throws IOException {
        if (took) {
            List<Long> again = List.copyOf(doubtful.keySet());
            doubtful.clear();
            for (long id : again) {
                send(List.of(id));
            }
        }
        Map<Long, String> now = Map.copyOf(givenUp);
        givenUp.clear();
        return now;
    }

    /** @throws IOException when all that was sent was rejected: it is sent again */
    void end() throws IOException {
        if (!took && !doubtful.isEmpty()) {
            throw new IOException("it rejects each of " + doubtful.size() + " events: "
                    + doubtful.values().iterator().next());
        }
    }
}
