package io.sallyport.benchmarks.fleet;

import io.sallyport.core.record.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code FleetLoad URL CA_FILE TOKEN_FILE AGENTS EVENTS_PER_SECOND SECONDS APPROVALS}: connects so many agents, uploads at that rate, has approvals
 * decided one after the other meanwhile, and says what came of it. Exit 1 where an event was lost.
 *
 * <p>Everything is counted where the product would: an event is stored when it is acknowledged, and the control plane's own total has to agree; a
 * round trip is from the approver's request to the decision at the agent.
 */
public final class FleetLoad {

    private static final int BATCH = 50;

    private FleetLoad() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 7) {
            throw new IllegalArgumentException("URL CA_FILE TOKEN_FILE AGENTS EVENTS_PER_SECOND SECONDS APPROVALS");
        }
        Plane plane = new Plane(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]));
        List<LoadAgent> agents = connect(plane, Integer.parseInt(arguments[3]));
        heartbeats(agents);
        long before = stored(plane);
        int rate = Integer.parseInt(arguments[4]);
        int seconds = Integer.parseInt(arguments[5]);
        CompletableFuture<Void> decisions = CompletableFuture.runAsync(() -> {
            try {
                decide(plane, agents, Integer.parseInt(arguments[6]));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        upload(agents, rate, seconds);
        decisions.join();
        long sent = agents.stream().mapToLong(LoadAgent::sent).sum();
        long kept = stored(plane) - before;
        System.out.println("stored " + kept + " of " + sent + " events");
        search(plane);
        // The client's threads would keep the process.
        System.exit(kept == sent ? 0 : 1);
    }

    private static List<LoadAgent> connect(Plane plane, int count) throws Exception {
        String token = plane.post("/api/v1/join-tokens", Map.of("workload", "load", "uses", count, "ttlMinutes", 60))
                .path("token")
                .asText();
        long began = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<LoadAgent>> connecting = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                connecting.add(threads.submit(
                        () -> plane.connect(number, plane.enrol(token, "load", number), sequence -> event(number))
                                .get(60, TimeUnit.SECONDS)));
            }
            List<LoadAgent> agents = new ArrayList<>();
            for (Future<LoadAgent> each : connecting) {
                agents.add(each.get());
            }
            System.out.println(count + " agents enrolled and connected in " + millisSince(began) + " ms");
            return agents;
        } finally {
            threads.shutdown();
        }
    }

    private static Event event(int number) {
        return Event.builder(Instant.now(), Event.Type.DECISION)
                .session("session-" + number)
                .call(UUID.randomUUID().toString())
                .target("jdbc:postgresql://db/orders")
                .summary("select")
                .detail("SELECT id, amount, card_number FROM payments WHERE customer = ? AND created_at > ?")
                .verdict("allow")
                .rows(1)
                .masked(List.of("card-numbers"))
                .callSite("com.example.PaymentRepository.find:12")
                .thread("http-nio-8080-exec-" + number % 20)
                .micros(420)
                .tls("TLSv1.3 TLS_AES_256_GCM_SHA384")
                .build();
    }

    /** Each agent every ten seconds, at a moment of its own, as those of processes that started at different times. */
    private static void heartbeats(List<LoadAgent> agents) {
        Iterator<LoadAgent> turns =
                Stream.generate(agents::stream).flatMap(each -> each).iterator();
        Executors.newSingleThreadScheduledExecutor()
                .scheduleAtFixedRate(
                        () -> turns.next().heartbeat(), 0, 10_000_000L / agents.size(), TimeUnit.MICROSECONDS);
    }

    private static long stored(Plane plane) throws Exception {
        return plane.get("/api/v1/overview").path("totals").path("allow").asLong();
    }

    /** Agents take turns; each sends a batch, as from its spool. */
    private static void upload(List<LoadAgent> agents, int rate, int seconds) {
        long began = System.nanoTime();
        long batches = (long) rate * seconds / BATCH;
        for (long batch = 0; batch < batches; batch++) {
            long due = began + TimeUnit.SECONDS.toNanos(batch * BATCH) / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            agents.get((int) (batch % agents.size())).events(BATCH);
        }
        long sent = millisSince(began);
        while (agents.stream().anyMatch(agent -> agent.isOpen() && agent.acknowledged() < agent.sent())
                && millisSince(began) < sent + 60_000) {
            LockSupport.parkNanos(10_000_000);
        }
        long all = millisSince(began);
        long open = agents.stream().filter(LoadAgent::isOpen).count();
        if (open < agents.size()) {
            System.out.println((agents.size() - open) + " channels were closed meanwhile");
        }
        System.out.println(batches * BATCH + " events sent in " + sent + " ms, acknowledged after " + all + " ms: "
                + batches * BATCH * 1000 / Math.max(1, all) + "/s");
    }

    private static void decide(Plane plane, List<LoadAgent> agents, int count) throws Exception {
        long began = System.nanoTime();
        List<RoundTrip> trips = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String ticket = UUID.randomUUID().toString();
            CompletableFuture<Long> decided = agents.get(i * 37 % agents.size()).ask(ticket);
            String path = "/api/v1/approvals/" + ticket;
            long opened = System.nanoTime();
            while (!seen(plane, path)) {
                if (decided.isCompletedExceptionally() || millisSince(opened) > 30_000) {
                    throw new IllegalStateException("a request for approval did not arrive within 30 s");
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            long asked = System.nanoTime();
            plane.post(path + "/approve", Map.of());
            trips.add(new RoundTrip(
                    TimeUnit.NANOSECONDS.toMillis(asked - began),
                    TimeUnit.NANOSECONDS.toMillis(decided.get(30, TimeUnit.SECONDS) - asked)));
        }
        trips.sort(Comparator.comparingLong(RoundTrip::millis));
        System.out.println(count + " approvals under that load, from the approver's request to the agent: p50 "
                + trips.get(count / 2).millis() + " ms, p99 "
                + trips.get(Math.min(count - 1, count * 99 / 100)).millis() + " ms");
        System.out.println("the slowest: "
                + trips.subList(Math.max(0, count - 6), count).stream()
                        .map(trip -> trip.millis() + " ms at " + trip.at() + " ms")
                        .collect(Collectors.joining(", ")));
    }

    /** @param at since the first request, in milliseconds, like {@code millis} */
    private record RoundTrip(long at, long millis) {}

    private static boolean seen(Plane plane, String path) {
        try {
            return !plane.get(path).isEmpty();
        } catch (Exception notYet) {
            return false;
        }
    }

    private static void search(Plane plane) throws Exception {
        for (String query : List.of(
                "",
                "q=payments",
                "q=nobody-ever-wrote-this",
                "verdict=deny",
                "verdict=allow&type=DECISION",
                "target=orders",
                "workload=load",
                "workload=load&q=payments",
                "workload=load&verdict=deny",
                "before=200",
                "before=200&q=payments")) {
            long began = System.nanoTime();
            int found = plane.get("/api/v1/events?limit=100&" + query)
                    .path("events")
                    .size();
            System.out.println("search '" + query + "': " + found + " found in " + millisSince(began) + " ms");
        }
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
