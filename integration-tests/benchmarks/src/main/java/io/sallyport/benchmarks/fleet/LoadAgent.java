package io.sallyport.benchmarks.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** One agent's side of the channel. Sends on one thread at a time. */
final class LoadAgent implements WebSocket.Listener {

    private static final String SPOOL = "load";

    private final int number;
    private final LongFunction<Event> says;
    private final StringBuilder partial = new StringBuilder();
    private final AtomicLong acknowledged = new AtomicLong();
    private final ConcurrentMap<String, CompletableFuture<Long>> decisions = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> welcome = new CompletableFuture<>();
    private volatile WebSocket socket;
    private volatile boolean closed;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private long sent;

    /** @param says the event of each sequence number */
    LoadAgent(int number, LongFunction<Event> says) {
        this.number = number;
        this.says = says;
    }

    /** Says hello; complete once the control plane has answered. */
    CompletableFuture<Void> open(WebSocket connected) {
        socket = connected;
        send(new AgentMessage.Hello(
                "load-" + number, "i-" + number, "host-" + number, number, "17", "load", SPOOL, 0, Map.of()));
        return welcome;
    }

    long sent() {
        return sent;
    }

    boolean isOpen() {
        return !closed;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    void events(int count) {
        List<AgentMessage.Numbered> batch = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batch.add(new AgentMessage.Numbered(++sent, says.apply(sent)));
        }
        send(new AgentMessage.Events(SPOOL, batch));
    }

    void heartbeat() {
        send(new AgentMessage.Heartbeat(Instant.now(), 0));
    }

    /** Opens a ticket; complete, with the nanosecond clock, when its decision is here. */
    CompletableFuture<Long> ask(String ticket) {
        CompletableFuture<Long> decided = new CompletableFuture<>();
        decisions.put(ticket, decided);
        Instant now = Instant.now();
        send(new AgentMessage.ApprovalRequest(Ticket.builder(ticket, "binding-of-" + ticket, now)
                .target("jdbc:postgresql://db/orders")
                .summary("delete")
                .detail("DELETE FROM payments")
                .callSite("com.example.Repository.purge:40")
                .thread("main")
                .openTransaction(true)
                .expires(now.plus(Duration.ofMinutes(10)))
                .rules(List.of("mass-write"))
                .build()));
        return decided;
    }

    private void send(AgentMessage message) {
        try {
            String text = Wire.json().writerFor(AgentMessage.class).writeValueAsString(message);
            synchronized (this) {
                last = last.thenCompose(before -> socket.sendText(text, true));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
        partial.append(data);
        if (whole) {
            String text = partial.toString();
            partial.setLength(0);
            receive(text);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void receive(String text) {
        try {
            JsonNode message = Wire.json().readTree(text);
            switch (message.path("type").asText()) {
                case "welcome" -> welcome.complete(null);
                case "eventsAck" -> acknowledged.set(message.path("upTo").asLong());
                case "approvalDecision" -> {
                    CompletableFuture<Long> waiting =
                            decisions.remove(message.path("ticket").asText());
                    if (waiting != null) {
                        waiting.complete(System.nanoTime());
                    }
                }
                default -> {}
            }
        } catch (IOException e) {
            welcome.completeExceptionally(e);
        }
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end(error);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end(new IllegalStateException("closed with " + code + " " + reason));
        return CompletableFuture.completedFuture(null);
    }

    private void end(Throwable why) {
        closed = true;
        welcome.completeExceptionally(why);
        decisions.values().forEach(waiting -> waiting.completeExceptionally(why));
    }
}
