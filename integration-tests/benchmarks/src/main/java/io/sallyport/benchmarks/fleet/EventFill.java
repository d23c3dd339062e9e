package io.sallyport.benchmarks.fleet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code EventFill URL CA_FILE TOKEN_FILE EVENTS AGENTS}: so many events of an {@link EventMix} in a control plane that runs, uploaded by so many agents as
 * fast as they are acknowledged. So the store has them as it has any others: chained, counted, with what searches need.
 */
public final class EventFill {

    private static final int BATCH = 200;
    private static final long UNACKNOWLEDGED = 20_000;

    private final Plane plane;
    private final List<LoadAgent> agents = new ArrayList<>();

    private EventFill(Plane plane) {
        this.plane = plane;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 5) {
            throw new IllegalArgumentException("URL CA_FILE TOKEN_FILE EVENTS AGENTS");
        }
        run(
                new Plane(arguments[0], Path.of(arguments[1]), Path.of(arguments[2])),
                Long.parseLong(arguments[3]),
                Integer.parseInt(arguments[4]));
        // The client's threads would keep the process.
        System.exit(0);
    }

    static void run(Plane plane, long events, int agents) throws Exception {
        EventFill fill = new EventFill(plane);
        fill.connect(agents, new EventMix(events));
        fill.upload(events);
    }

    /** Each a workload of its own name, so that searches by workload have something to tell apart. */
    private void connect(int count, EventMix mix) throws Exception {
        String token = plane.post("/api/v1/join-tokens", Map.of("uses", count, "ttlMinutes", 60))
                .path("token")
                .asText();
        for (int i = 0; i < count; i++) {
            int number = i;
            agents.add(plane.connect(
                            i,
                            plane.enrol(token, "service-" + i, i),
                            sequence -> mix.event((sequence - 1) * count + number))
                    .get(60, TimeUnit.SECONDS));
        }
        System.out.println(count + " agents connected");
    }

    private void upload(long events) {
        long began = System.nanoTime();
        long sent = 0;
        for (int turn = 0; sent < events; turn = (turn + 1) % agents.size()) {
            int batch = (int) Math.min(BATCH, events - sent);
            agents.get(turn).events(batch);
            awaitAcknowledged(sent + batch - UNACKNOWLEDGED);
            if ((sent + batch) * 10 / events > sent * 10 / events) {
                System.out.println(sent + batch + " events sent after "
                        + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + " s");
            }
            sent += batch;
        }
        awaitAcknowledged(sent);
        System.out.println(
                events + " events stored in " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + " s");
    }

    private void awaitAcknowledged(long events) {
        while (agents.stream().mapToLong(LoadAgent::acknowledged).sum() < events) {
            if (!agents.stream().allMatch(LoadAgent::isOpen)) {
                throw new IllegalStateException("a channel was closed; the control plane's log says why");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
