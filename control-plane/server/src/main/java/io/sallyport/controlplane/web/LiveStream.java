package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Server-Sent Events (WHATWG HTML, section 9.2) for dashboards. Thread-safe.
 *
 * <p>Whoever publishes never waits for a browser: each one has a bounded queue that a pool thread writes out, and a browser that
 * does not keep up is disconnected; it comes back by itself and reads the lists anew.
 */
final class LiveStream implements AutoCloseable {

    static final String PATH = "/api/v1/stream";

    private static final int MOST_CLIENTS = 200;

    private final Set<StreamClient> clients = ConcurrentHashMap.newKeySet();
    private final ExecutorService writers = Executors.newCachedThreadPool(run -> {
        Thread thread = new Thread(run, "live-stream");
        thread.setDaemon(true);
        return thread;
    });

    boolean watched() {
        return !clients.isEmpty();
    }

    int count() {
        return clients.size();
    }

    /**
     * @param stillHolds whether the watcher is still there and reaches what they reached; asked at every heartbeat
     * @param sees whether the watcher sees a workload, by its id
     */
    void open(Context request, BooleanSupplier stillHolds, Predicate<String> sees) throws IOException {
        if (clients.size() >= MOST_CLIENTS) {
            throw new Problem(Problem.Kind.TOO_MANY, "too many live views are open; close some and reload");
        }
        request.res().setContentType("text/event-stream; charset=utf-8");
        request.res().setHeader("X-Accel-Buffering", "no");
        OutputStream out = request.res().getOutputStream();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        StreamClient client = new StreamClient(out, writers, stillHolds, sees, ended);
        // Listening starts before the browser hears that the feed is open: it reads its lists then, and must be shown
        // whatever is published after that.
        clients.add(client);
        ended.whenComplete((nothing, failure) -> clients.remove(client));
        try {
            out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException gone) {
            client.end();
            throw gone;
        }
        request.future(() -> ended);
        client.start();
    }

    /** @param workload whom it is about; {@code null} for what everyone may see */
    void publish(String kind, @Nullable String workload, String json) {
        String frame = "event: " + kind + "\ndata: " + json + "\n\n";
        clients.forEach(client -> {
            if (workload == null || client.sees(workload)) {
                client.offer(frame);
            }
        });
    }

    /** Keeps connections open through proxies, and ends those whose person has left or reaches other workloads now; called every five seconds. */
    void heartbeat() {
        clients.forEach(StreamClient::heartbeat);
    }

    @Override
    public void close() {
        clients.forEach(StreamClient::end);
        writers.shutdown();
    }
}
